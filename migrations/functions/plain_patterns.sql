-- The patterns of a search among active clients that nothing but they decide; null for any other. There may be filters (facets), a
-- birth date, the name of a city or a tag, words that nearly match.
create or replace function app.plain_patterns(p_query text, p_near boolean, p_conditions jsonb) returns text[]
language plpgsql stable as $$
begin
  if p_near or p_conditions ->> 'status' = 'archived' or app.wanted_facets(p_conditions) <> '{}'
    or app.birth_condition(p_query) is not null or app.facet_condition(p_query, false) is not null
  then
    return null;
  end if;
  return nullif(app.search_patterns(p_query), '{}');
end
$$;
