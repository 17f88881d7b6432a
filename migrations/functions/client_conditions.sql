-- The filters of a client list as SQL conditions; null when the query contains nothing that could match.
create or replace function app.client_conditions(p_query text, p_near boolean, p_conditions jsonb) returns text
language plpgsql stable set search_path = public, pg_temp as $$
declare
  wanted text[] := app.wanted_facets(p_conditions);
  patterns text[];
  matching text;
  named text;
begin
  if p_near then
    -- No escaping needed: words of near patterns consist of letters and digits.
    select string_agg(format('(%s)', meant), ' and ') into matching
      from unnest(app.near_patterns(p_query)) as pattern
      cross join lateral (
        select string_agg(format('search_text like %L', '%' || word || '%'), ' or ') as meant
          from unnest(string_to_array(pattern, '|')) as word
      ) as words;
  elsif p_query <> '' then
    patterns := app.search_patterns(p_query);
    matching := app.birth_condition(p_query);
    if matching is null and patterns <> '{}' then
      matching := app.like_all(patterns);
      named := app.facet_condition(p_query, coalesce(p_conditions ->> 'status' = 'archived', false));
      if named is not null then
        matching := format('(%s or %s)', matching, named);
      end if;
    end if;
  end if;
  if matching is null and (p_near or p_query <> '') then
    return null;
  end if;
  return coalesce(' and ' || matching, '') || case when wanted <> '{}' then format(' and facets @> %L', wanted) else '' end;
end
$$;
