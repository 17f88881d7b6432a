-- Refuses to delete a professional who has clients, like a foreign key.
create or replace function app.keep_owner_of_clients() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outside text := coalesce(current_setting('app.system', true), '');
begin
  -- At other isolation levels this would not see clients committed in the meantime.
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
