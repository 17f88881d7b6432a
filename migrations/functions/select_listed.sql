-- SQL that selects the clients of a list after a cursor, filters and search aside.
create or replace function app.select_listed(p_conditions jsonb, p_after_key text, p_after_id uuid) returns text
language sql stable set search_path = public, pg_temp
begin atomic
  select format(
    'select id, full_name, updated_at, search_text, facets from clients where %s %s',
    app.listed_conditions(p_conditions),
    case
      when p_after_id is null then ''
      when p_conditions ->> 'sort' = 'name'
        then format('and (full_name, id) > (%L collate "pt-BR-x-icu", %L::uuid)', p_after_key, p_after_id)
      when p_conditions ->> 'sort' = '-createdAt' then format('and id < %L', p_after_id)
      -- The cursor's key is in microseconds since 1970.
      else format(
        'and (updated_at, id) < (%L::timestamptz, %L::uuid)',
        timestamptz 'epoch' + p_after_key::bigint * interval '1 microsecond', p_after_id
      )
    end
  );
end;
