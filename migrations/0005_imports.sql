-- Clients that come in as files or from another system: what was asked, how it went, and what is needed to take it back.

create table imports (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid not null,
  created_by uuid not null,
  session_id uuid,
  source text not null,
  file_name text,
  file_bytes bigint,
  dry_run boolean not null,
  on_conflict text not null,
  options jsonb not null default '{}',
  status text not null default 'queued',
  total integer,
  processed integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  moved integer not null default 0,
  conflicts integer not null default 0,
  rejected integer not null default 0,
  header jsonb,
  failure jsonb,
  sample jsonb not null default '[]',
  undo jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  constraint imports_pk primary key (clinic_id, id),
  constraint imports_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id),
  constraint imports_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id),
  constraint imports_source_check check (source in ('web', 'command', 'remote')),
  constraint imports_on_conflict_check check (on_conflict in ('skip', 'update', 'create')),
  constraint imports_status_check check (status in ('queued', 'running', 'interrupted', 'done', 'failed', 'undoing', 'undone'))
);
comment on column imports.professional_id is 'whose clients they become';
comment on column imports.options is 'what was asked besides: mapping, encoding, delimiter, limit';
comment on column imports.header is 'the columns of the file and what each was taken for';
comment on column imports.failure is 'why nothing was imported: code, line, column, details';
comment on column imports.sample is 'some of the changes, field by field';
comment on column imports.undo is 'what taking it back did and what it left alone';
create index imports_newest_idx on imports (clinic_id, id desc);
create index imports_unfinished_idx on imports (status) where status in ('queued', 'running', 'undoing');

-- The bytes of an uploaded file, kept until they are imported: whichever server runs the job reads them here.
create table import_files (
  clinic_id uuid not null,
  import_id uuid not null,
  part integer not null,
  bytes bytea not null,
  constraint import_files_pk primary key (clinic_id, import_id, part),
  constraint import_files_import_fk foreign key (clinic_id, import_id) references imports (clinic_id, id)
);
alter table import_files alter column bytes set storage external;

-- Rows that were not taken, as they stand in the file, and why.
create table import_rejects (
  clinic_id uuid not null,
  import_id uuid not null,
  line integer not null,
  kind text not null,
  cells jsonb not null,
  problems jsonb not null,
  client_id uuid,
  constraint import_rejects_pk primary key (clinic_id, import_id, line),
  constraint import_rejects_import_fk foreign key (clinic_id, import_id) references imports (clinic_id, id),
  constraint import_rejects_kind_check check (kind in ('rejected', 'conflict'))
);
comment on column import_rejects.client_id is 'whom a conflicting row was taken for';

-- How a clinic maps files with the same columns, from the last time.
create table import_mappings (
  clinic_id uuid not null,
  signature text not null,
  mapping jsonb not null,
  used_at timestamptz not null default now(),
  constraint import_mappings_pk primary key (clinic_id, signature),
  constraint import_mappings_clinic_fk foreign key (clinic_id) references clinics (id)
);
comment on column import_mappings.signature is 'hash of the column names';

-- What an import changed is told apart from what people changed: by it an import is taken back. A client that an import made
-- has no first version of its own: the import's row says who, when and whence, once for all of them.
alter table client_versions add column import_id uuid;
create index client_versions_import_idx on client_versions (clinic_id, import_id) where import_id is not null;
alter table clients add column import_id uuid;
create index clients_import_idx on clients (clinic_id, import_id) where import_id is not null;
