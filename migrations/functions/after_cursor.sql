-- The part of a list after a cursor, as SQL conditions; empty without a cursor. In the order `match` the key is the rank, one
-- digit, followed by the name.
create or replace function app.after_cursor(p_conditions jsonb, p_after_key text, p_after_id uuid) returns text
language sql stable
begin atomic
  select case
    when p_after_id is null then ''
    when p_conditions ->> 'sort' = 'match' then format(
      ' and (%1$s > %2$s or %1$s = %2$s and (full_name, id) > (%3$L collate "pt-BR-x-icu", %4$L::uuid))',
      app.match_rank(p_conditions ->> 'query', (p_conditions ->> 'near')::boolean), left(p_after_key, 1)::integer,
      substr(p_after_key, 2), p_after_id
    )
    when p_conditions ->> 'sort' in ('name', '-name') then format(
      ' and (full_name, id) %s (%L collate "pt-BR-x-icu", %L::uuid)', app.beyond(p_conditions), p_after_key, p_after_id
    )
    when p_conditions ->> 'sort' in ('createdAt', '-createdAt') then format(' and id %s %L', app.beyond(p_conditions), p_after_id)
    -- The cursor's key is in microseconds since 1970.
    else format(
      ' and (updated_at, id) %s (%L::timestamptz, %L::uuid)',
      app.beyond(p_conditions), timestamptz 'epoch' + p_after_key::bigint * interval '1 microsecond', p_after_id
    )
  end;
end;
