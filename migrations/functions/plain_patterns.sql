-- The patterns of a search that nothing but they decide; null for any other: a birth date, or words that name a city or a tag.
create or replace function app.plain_patterns(p_query text) returns text[]
language plpgsql stable as $$
begin
  if app.birth_condition(p_query) is not null or app.facet_condition(p_query, false) is not null then
    return null;
  end if;
  return nullif(app.search_patterns(p_query), '{}');
end
$$;
