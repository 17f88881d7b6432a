-- Raises the error of a foreign key when the clinic has no such professional, and locks the professional against deletion until
-- the transaction ends.
create or replace function app.require_professional(clinic uuid, professional uuid) returns void
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
