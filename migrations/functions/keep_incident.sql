-- Incidents are kept for five years from their registration (Resolução CD/ANPD 15/2024, art. 10), unless the host deletes the whole
-- clinic, once its time has come.
create or replace function app.keep_incident() returns trigger
language plpgsql as $$
begin
  if old.created_at > now() - interval '5 years' and not exists (
    select from clinics c
    where c.id::text = current_setting('app.deleting_clinic', true) and c.deletion_due_at <= now()
  ) then
    raise exception 'an incident is kept for five years' using errcode = 'insufficient_privilege';
  end if;
  return old;
end
$$;
