-- The host's desk: clinics that are suspended, limited, exported and deleted, and the entries of superusers.

alter table clinics
  add column suspended_at timestamptz,
  add column max_clients integer,
  add column max_people integer,
  add column exported_at timestamptz,
  add column exported_archive uuid,
  add column deletion_due_at timestamptz,
  add constraint clinics_limits_check check (max_clients >= 0 and max_people >= 0),
  -- What is deleted has been exported since nobody could change it any more.
  add constraint clinics_deletion_check check (deletion_due_at is null or (suspended_at is not null and exported_at >= suspended_at));
comment on column clinics.suspended_at is 'since when nobody signs in and nothing is sent';
comment on column clinics.max_clients is 'how many active clients the host allows; null: any number';
comment on column clinics.max_people is 'how many people with access the host allows; null: any number';
comment on column clinics.exported_archive is 'the id of the last archive of this clinic alone';
comment on column clinics.deletion_due_at is 'from when on the clinic may be deleted for good; null: it stays';

-- Superusers act in a clinic only while one of these is open; its administrators see them.
create table host_entries (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid not null,
  reason text not null,
  started_at timestamptz not null default now(),
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  constraint host_entries_pk primary key (clinic_id, id),
  constraint host_entries_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id),
  constraint host_entries_ended_by_fk foreign key (clinic_id, ended_by) references professionals (clinic_id, id),
  constraint host_entries_length_check check (ends_at > started_at and ends_at <= started_at + interval '72 hours'),
  constraint host_entries_reason_check check (char_length(reason) between 1 and 500)
);
comment on column host_entries.ended_by is 'the administrator of the clinic who ended it early; null: the host, or its time';
create index host_entries_professional_idx on host_entries (clinic_id, professional_id, ends_at);

-- What the host did to whole clinics. Not a tenant table: it outlives the clinics.
create table host_events (
  id uuid not null default app.uuid_v7(),
  at timestamptz not null default clock_timestamp(),
  action text not null,
  subject_id uuid not null,
  details jsonb not null default '{}',
  constraint host_events_pk primary key (id)
);
comment on table host_events is 'append-only; identifiers, numbers and hashes, never personal data';
comment on column host_events.subject_id is 'the clinic, which may be gone';
create index host_events_at_idx on host_events (at, id);
create trigger host_events_append_only before update or delete or truncate on host_events
  for each statement execute function app.refuse_change();
