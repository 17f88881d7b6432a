-- Empties what is written about people in the appointments of clients, and in their histories. The caller has checked that the
-- retention period is over. The clinic is the transaction's.
create or replace function app.anonymize_appointments(p_clients uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  system_before text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.anonymizing', 'on', true);
  perform set_config('app.system', 'on', true);
  update appointments set
    title = null, location = null, notes = null, cancel_reason = null,
    overlap_reason = case when overlap_reason is not null then '-' end, version = version + 1, updated_at = now()
  where clinic_id = app.current_clinic() and client_id = any (p_clients);
  update appointment_versions v set changes = coalesce((
    select jsonb_agg(change) from jsonb_array_elements(v.changes) as change
    where change ->> 'field' not in ('title', 'location', 'notes', 'cancellation.reason', 'overlap.reason')
  ), '[]')
  from appointments a
  where a.clinic_id = app.current_clinic() and a.client_id = any (p_clients)
    and v.clinic_id = a.clinic_id and v.appointment_id = a.id;
  insert into appointment_versions (clinic_id, appointment_id, version, professional_id, action, changes)
  select clinic_id, id, version, app.current_professional(), 'update', '[]' from appointments
  where clinic_id = app.current_clinic() and client_id = any (p_clients);
  perform set_config('app.anonymizing', 'off', true);
  perform set_config('app.system', system_before, true);
end
$$;
