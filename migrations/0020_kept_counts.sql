-- How many clients each professional has, and how many of them each filter shows, is kept: counting them took most of the time
-- of a list. Changes are inserted beside the counts, so that no two writers wait for one row; app.fold_client_counts adds them up.
create table client_counts (
  clinic_id uuid not null,
  facet text collate "C" not null,
  archived boolean not null,
  professional_id uuid not null,
  clients bigint not null,
  constraint client_counts_pk primary key (clinic_id, facet, archived, professional_id)
) with (fillfactor = 60);
comment on column client_counts.facet is 'one of clients.facets, written: with a city as it is written, or empty for all clients';

create table client_count_changes (
  clinic_id uuid not null,
  facet text collate "C" not null,
  archived boolean not null,
  professional_id uuid not null,
  id uuid not null default gen_random_uuid(),
  change bigint not null,
  constraint client_count_changes_pk primary key (clinic_id, facet, archived, professional_id, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create function app.note_client_counts() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger clients_counted_when_new after insert on clients
  referencing new table as new_clients for each statement execute function app.note_client_counts();
create trigger clients_counted_when_changed after update on clients
  referencing old table as old_clients new table as new_clients for each statement execute function app.note_client_counts();
create trigger clients_counted_when_gone after delete on clients
  referencing old table as old_clients for each statement execute function app.note_client_counts();

insert into client_counts (clinic_id, facet, archived, professional_id, clients)
  select c.clinic_id, f.facet, c.archived_at is not null, c.professional_id, count(*)
  from clients c, unnest(c.facets || array['', 'written:' || c.city]) as f (facet)
  where f.facet is not null
  group by 1, 2, 3, 4;

-- Filters know every client from the import on, too. The clinic is one more facet: with a column of its own the planner, which
-- takes a clinic that it does not know yet for small, would use any index that begins with it.
create index clients_facets_idx on clients using gin (array_append(facets, clinic_id::text)) with (fastupdate = on);

-- What is written waits to be sorted into these indexes, which costs a sixth where thousands of clients wait. It was sorted in
-- by whoever wrote when 64 kB had come together; now app.index_clients does it, once a second.
alter index clients_search_idx reset (gin_pending_list_limit);

-- The words of names that a statement does not change need not be looked for.
create or replace trigger clients_words_updated after update on clients
  referencing old table as old_clients new table as new_clients for each statement execute function app.remember_client_words();
