-- Empties the names of those who consented for clients. What was answered, when and to which text says nothing about anybody any
-- more, and stays. The caller has checked that the retention period is over. The clinic is the transaction's.
create or replace function app.anonymize_consents(p_clients uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  system_before text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.anonymizing', 'on', true);
  perform set_config('app.system', 'on', true);
  update consents set guardian_name = null
  where clinic_id = app.current_clinic() and client_id = any (p_clients) and guardian_name is not null;
  update consent_withdrawals w set guardian_name = null
  from consents c
  where c.clinic_id = app.current_clinic() and c.client_id = any (p_clients) and w.guardian_name is not null
    and w.clinic_id = c.clinic_id and w.consent_id = c.id;
  perform set_config('app.anonymizing', 'off', true);
  perform set_config('app.system', system_before, true);
end
$$;
