-- The data subject's rights (LGPD, Lei 13.709/2018 art. 18) and the duty to keep records (Lei 13.787/2018 art. 6).

-- Versions stay as they are, except for what anonymisation takes out of them.
create or replace function app.refuse_change() returns trigger
language plpgsql as $$
begin
  if tg_table_name = 'client_versions' and tg_op = 'UPDATE' and current_setting('app.anonymizing', true) = 'on' then
    return null;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

-- Takes out of a client's record, its earlier versions included, everything that tells who it is. The caller has checked
-- that the time to keep it is over; the clinic is that of the transaction.
create function app.anonymize_client(p_client uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('app.anonymizing', 'on', true);
  perform set_config('app.system', 'on', true);
  update clients set
    first_name = 'Cliente anonimizado', last_name = null, social_name = null, email = null, phone = null,
    secondary_phone = null, phone_shared = false, document = null, rg = null,
    date_of_birth = date_trunc('year', date_of_birth)::date, sex = null, marital_status = null, nationality = null,
    profession = null, postal_code = null, street = null, street_number = null, complement = null, neighborhood = null,
    guardian_name = null, guardian_phone = null, guardian_document = null, insurance_plan = null, insurance_number = null,
    tags = '{}', notes = null, extra = null, archived_at = coalesce(archived_at, now()),
    version = version + 1, updated_at = now()
  where clinic_id = app.current_clinic() and id = p_client;
  update client_versions set changes = '[]' where clinic_id = app.current_clinic() and client_id = p_client;
  perform set_config('app.anonymizing', 'off', true);
  perform set_config('app.system', 'off', true);
end
$$;
