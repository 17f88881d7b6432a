-- Refuses changes of append-only tables. Anonymising may clear versions, and names in consents; undoing an import takes away the
-- appointments that nobody has touched since, with the only version that they have. A clinic that the host deletes takes its rows
-- along, once its time has come.
create or replace function app.refuse_change() returns trigger
language plpgsql as $$
begin
  if tg_table_name in ('client_versions', 'appointment_versions', 'consents', 'consent_withdrawals')
    and tg_op = 'UPDATE' and current_setting('app.anonymizing', true) = 'on' then
    return null;
  end if;
  if tg_table_name = 'appointment_versions' and tg_op = 'DELETE' and current_setting('app.undoing_import', true) = 'on' then
    return null;
  end if;
  if tg_op = 'DELETE' and tg_table_name <> 'host_events' and exists (
    select from clinics c
    where c.id::text = current_setting('app.deleting_clinic', true) and c.deletion_due_at <= now()
  ) then
    return null;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
