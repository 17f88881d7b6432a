-- Refuses changes of append-only tables. Anonymising may clear versions, and names in consents; undoing an import takes away the
-- appointments that nobody has touched since, with the only version that they have.
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
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
