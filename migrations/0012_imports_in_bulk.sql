-- A trigger before each row makes COPY write row by row. New clients that came without a description get it after the
-- statement instead, so that an import, which describes its clients itself, writes whole pages at a time.
create function app.describe_new_clients() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outside text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.system', 'on', true);
  update clients c set
    search_text = app.client_search_text(
      n.document, n.phone, n.secondary_phone, n.first_name, n.social_name, n.last_name, n.email
    ),
    facets = app.facets(n.tags, n.city, n.state, n.date_of_birth)
    from new_clients n
    where n.search_text = '' and c.clinic_id = n.clinic_id and c.id = n.id;
  perform set_config('app.system', outside, true);
  return null;
end
$$;
create or replace trigger clients_described_when_new after insert on clients
  referencing new table as new_clients for each statement execute function app.describe_new_clients();

-- Clients of one import lie together, in the order of the imports' ids: ranges of pages find them when the import is taken
-- back, and cost nothing when it is made.
drop index clients_import_idx;
create index clients_import_idx on clients using brin (import_id) with (pages_per_range = 32, autosummarize = on);
