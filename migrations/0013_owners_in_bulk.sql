-- A foreign key looks up the same professional for every row of an import. These triggers look once for all rows of a
-- statement, and otherwise do what the key did, under its name: there is no client without a professional, and nobody takes
-- the professional away before the client is committed.
create function app.require_professional(clinic uuid, professional uuid) returns void
language plpgsql as $$
begin
  perform from professionals where clinic_id = clinic and id = professional for key share;
  if not found then
    raise exception 'the clinic has no professional % for this client', professional
      using errcode = 'foreign_key_violation', schema = 'public', table = 'clients',
        constraint = 'clients_professional_fk';
  end if;
end
$$;

create function app.check_owners() returns trigger
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

create function app.keep_owner_of_clients() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outside text := coalesce(current_setting('app.system', true), '');
begin
  -- At the other levels, clients that were committed meanwhile would not be seen.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'professionals can be taken away in a transaction that is read committed only'
      using errcode = 'feature_not_supported';
  end if;
  perform set_config('app.system', 'on', true);
  perform from clients where clinic_id = old.clinic_id and professional_id = old.id limit 1;
  if found then
    raise exception 'professional % still has clients', old.id
      using errcode = 'foreign_key_violation', schema = 'public', table = 'clients',
        constraint = 'clients_professional_fk';
  end if;
  perform set_config('app.system', outside, true);
  return null;
end
$$;

create trigger clients_owners_checked after insert on clients
  referencing new table as new_clients for each statement execute function app.check_owners();
create trigger clients_owner_checked after update of clinic_id, professional_id on clients
  for each row when (old.clinic_id <> new.clinic_id or old.professional_id <> new.professional_id)
  execute function app.check_owners();
create trigger professionals_kept after delete or update of clinic_id, id on professionals
  for each row execute function app.keep_owner_of_clients();
alter table clients drop constraint clients_professional_fk;
