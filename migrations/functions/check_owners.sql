-- Checks that every client has a professional of its clinic. Replaces a foreign key, which would check every row of an import:
-- this trigger checks each professional once per statement.
create or replace function app.check_owners() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outside text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.system', 'on', true);
  if tg_op = 'INSERT' then
    perform app.require_professional(clinic_id, professional_id)
      from (select distinct clinic_id, professional_id from new_clients) as owners;
  else
    perform app.require_professional(new.clinic_id, new.professional_id);
  end if;
  perform set_config('app.system', outside, true);
  return null;
end
$$;
