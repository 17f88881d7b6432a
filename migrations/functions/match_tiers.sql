-- How well clients may match a search, the best first, as SQL conditions: the name begins with it, every word begins a word,
-- every word occurs. Who matches otherwise comes after them (app.tier_of). What no name decides, as a phone or a birth date, has
-- none.
create or replace function app.match_tiers(p_query text, p_near boolean) returns text[]
language plpgsql immutable parallel safe as $$
declare
  patterns text[];
begin
  if p_near or app.has_no_letters(p_query) then
    return '{}';
  end if;
  patterns := app.search_patterns(p_query);
  return array[app.name_range(p_query), app.like_all(app.word_beginnings(patterns)), app.like_all(patterns)];
end
$$;
