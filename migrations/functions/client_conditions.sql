-- The filters of a client list as SQL conditions; null when the query contains nothing that could match.
create or replace function app.client_conditions(p_query text, p_near boolean, p_conditions jsonb) returns text
language plpgsql stable set search_path = public, pg_temp as $$
declare
  pattern text;
  conditions text := '';
  wanted text[] := app.wanted_facets(p_conditions);
begin
  foreach pattern in array (case when p_near then app.near_patterns(p_query) else app.search_patterns(p_query) end) loop
    -- No escaping needed: words of near patterns consist of letters and digits.
    conditions := conditions || ' and (' || case
      when p_near then (select string_agg(format('search_text like %L', '%' || word || '%'), ' or ') from unnest(string_to_array(pattern, '|')) as word)
      else format('search_text like %L', pattern)
    end || ')';
  end loop;
  if conditions = '' and (p_near or p_query <> '') then
    return null;
  end if;
  return conditions || case when wanted <> '{}' then format(' and facets @> %L', wanted) else '' end;
end
$$;
