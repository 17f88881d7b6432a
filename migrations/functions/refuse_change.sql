-- Refuses changes of append-only tables, except that anonymising may clear versions.
create or replace function app.refuse_change() returns trigger
language plpgsql as $$
begin
  if tg_table_name in ('client_versions', 'appointment_versions') and tg_op = 'UPDATE' and current_setting('app.anonymizing', true) = 'on' then
    return null;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
