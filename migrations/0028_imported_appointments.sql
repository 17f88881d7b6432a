-- Appointments that an import booked are told apart from those that people did: by it an import is taken back.
alter table appointments add column import_id uuid;
comment on column appointments.import_id is 'the import that booked it';
create index appointments_import_idx on appointments (clinic_id, import_id) where import_id is not null;

alter table imports
  add column booked integer not null default 0,
  add column standing integer not null default 0,
  add column unbooked integer not null default 0;
comment on column imports.booked is 'appointments that it booked';
comment on column imports.standing is 'appointments of its file that were in the agenda already';
comment on column imports.unbooked is 'clients that came in without the appointment of their row';
