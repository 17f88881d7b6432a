-- The place of a client among the tiers of app.match_tiers, from 1: of a search by p_typed (app.typed_name; null where no name
-- decides), p_beginnings (app.word_beginnings) and p_patterns (app.search_patterns).
create or replace function app.tier_of(
  p_full_name text, p_search_text text, p_typed text, p_beginnings text[], p_patterns text[]
) returns integer
language sql immutable parallel safe
return case
  when p_typed is null then 1
  when p_typed <> '' and app.begins_with(p_full_name, p_typed) then 1
  when p_search_text like all (p_beginnings) then 2
  when p_search_text like all (p_patterns) then 3
  else 4
end;
