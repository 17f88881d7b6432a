-- Removes everything that identifies the person from a client, the records merged into it, and all their versions. The caller
-- has checked that the retention period is over. The clinic is the transaction's. The server also empties these columns,
-- from its table of fields; the previous release relies on this function alone.
create or replace function app.anonymize_client(p_client uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  system_before text := coalesce(current_setting('app.system', true), '');
  records uuid[];
  words text[];
begin
  perform set_config('app.anonymizing', 'on', true);
  perform set_config('app.system', 'on', true);
  records := array(select app.records_of(p_client));
  words := array(
    select distinct w.word
    from clients c, unnest(array[c.first_name, c.social_name, c.last_name]) as n (name), app.words_of(n.name) as w (word)
    where c.clinic_id = app.current_clinic() and c.id = any (records)
  );
  update clients set
    first_name = 'Cliente anonimizado', last_name = null, social_name = null, email = null, phone = null,
    secondary_phone = null, phone_shared = false, document = null, rg = null,
    date_of_birth = date_trunc('year', date_of_birth)::date, sex = null, marital_status = null, nationality = null,
    profession = null, postal_code = null, street = null, street_number = null, complement = null, neighborhood = null,
    guardian_name = null, guardian_phone = null, guardian_document = null, insurance_plan = null, insurance_number = null,
    tags = '{}', notes = null, extra = null, archived_at = coalesce(archived_at, now()),
    version = version + 1, updated_at = now()
  where clinic_id = app.current_clinic() and id = any (records);
  -- Words of their names that nobody else in the clinic has.
  delete from client_words k where k.clinic_id = app.current_clinic() and k.word = any (words) and not exists (
    select from clients c
    where c.clinic_id = k.clinic_id and c.search_text like '%' || k.word || '%' and c.id <> all (records)
  );
  update client_versions set changes = '[]' where clinic_id = app.current_clinic() and client_id = any (records);
  perform set_config('app.anonymizing', 'off', true);
  perform set_config('app.system', system_before, true);
end
$$;
