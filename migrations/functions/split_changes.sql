-- Changes as rows: one per imported column (`extra`), null where the column did not exist, and one per other field.
create or replace function app.split_changes(changes jsonb) returns table (field text, part text, old_value jsonb, new_value jsonb)
language sql immutable parallel safe
begin atomic
  select change ->> 'field', null::text, change -> 'from', change -> 'to'
    from jsonb_array_elements(changes) as change where change ->> 'field' <> 'extra'
  union all
  select 'extra', parts.key, parts.before, parts.after
    from jsonb_array_elements(changes) as change
    cross join lateral (
      select coalesce(f.key, t.key) as key, f.value as before, t.value as after
      from jsonb_each(nullif(change -> 'from', 'null')) as f
      full join jsonb_each(nullif(change -> 'to', 'null')) as t on t.key = f.key
    ) as parts
    where change ->> 'field' = 'extra';
end;
