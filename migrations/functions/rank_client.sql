-- The place of one client among those who match a search (app.match_rank).
create or replace function app.rank_client(p_query text, p_near boolean, p_full_name text, p_search_text text) returns integer
language plpgsql stable as $$
declare
  place integer;
begin
  execute format('select %s from (select $1 as full_name, $2 as search_text) as client', app.match_rank(p_query, p_near))
    into place using p_full_name, p_search_text;
  return place;
end
$$;
