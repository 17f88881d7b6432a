-- SQL that selects the clients of a list after a cursor, filters and search aside. In the order `match` with their `rank`.
create or replace function app.select_listed(p_conditions jsonb, p_after_key text, p_after_id uuid) returns text
language plpgsql stable as $$
begin
  return format(
    'select id, full_name, updated_at, search_text, facets%s from clients where %s %s',
    case
      when p_conditions ->> 'sort' = 'match'
        then format(', %s as rank', app.match_rank(p_conditions ->> 'query', (p_conditions ->> 'near')::boolean))
    end,
    app.listed_conditions(p_conditions),
    app.after_cursor(p_conditions, p_after_key, p_after_id)
  );
end
$$;
