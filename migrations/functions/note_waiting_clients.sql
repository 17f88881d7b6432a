-- Marks an import, in the transaction that writes its clients, when some of them wait for the search index.
create or replace function app.note_waiting_clients() returns trigger
language plpgsql as $$
begin
  new.clients_wait := exists (
    select from clients c where c.clinic_id = new.clinic_id and c.import_id = new.id and not c.in_search_index
  );
  return new;
end
$$;
