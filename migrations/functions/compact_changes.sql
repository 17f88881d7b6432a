-- The changes of a version as they are stored: of the imported columns (`extra`) only those that differ, so that a long record
-- is not stored again with every change. Versions of earlier releases contain all columns; readers accept both forms.
create or replace function app.compact_changes(changes jsonb) returns jsonb
language plpgsql immutable parallel safe as $$
declare
  change jsonb;
  before jsonb;
  after jsonb;
  compact jsonb := '[]';
begin
  if not changes @> '[{"field": "extra"}]' then
    return changes;
  end if;
  for place in 0 .. jsonb_array_length(changes) - 1 loop
    change := changes -> place;
    if change ->> 'field' = 'extra' then
      before := nullif(change -> 'from', 'null');
      after := nullif(change -> 'to', 'null');
      select jsonb_build_object(
          'field', 'extra',
          'from', jsonb_object_agg(part, before -> part) filter (where before ? part),
          'to', jsonb_object_agg(part, after -> part) filter (where after ? part)
        ) into change
        from (select jsonb_object_keys(before) union select jsonb_object_keys(after)) as parts (part)
        where before -> part is distinct from after -> part;
    end if;
    compact := compact || jsonb_build_array(change);
  end loop;
  return compact;
end
$$;
