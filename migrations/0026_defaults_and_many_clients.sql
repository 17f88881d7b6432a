-- What a clinic usually enters for a new client, what an import completed and left out, and changes of many clients at once.

alter table clinics
  add column area_code text,
  add column default_professional_id uuid,
  add constraint clinics_area_code_check check (area_code ~ '^[1-9][1-9]$');
comment on column clinics.area_code is 'of phones that are written without one';
-- Not a foreign key: professionals refer to their clinic, and archives load tables in the order in which they refer to others.
comment on column clinics.default_professional_id is 'proposed for new clients; checked when it is set, ignored once the person has left';

alter table imports
  add column completed_phones integer not null default 0,
  add column left_out integer not null default 0;
comment on column imports.completed_phones is 'rows with a phone that was completed by the area code for the whole file';
comment on column imports.left_out is 'fields that could not be read and were kept as extra instead';

-- One change of many clients. What exactly it changed is in the versions it wrote.
create table client_bulk_changes (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  client_ids uuid[] not null,
  versions integer[] not null,
  made_by uuid not null,
  made_at timestamptz not null default now(),
  undone_at timestamptz,
  constraint client_bulk_changes_pk primary key (clinic_id, id),
  constraint client_bulk_changes_made_by_fk foreign key (clinic_id, made_by) references professionals (clinic_id, id),
  constraint client_bulk_changes_versions_check check (cardinality(client_ids) = cardinality(versions))
);
comment on column client_bulk_changes.versions is 'the version that each of the clients got by it';
create index client_bulk_changes_made_at_idx on client_bulk_changes (made_at);
