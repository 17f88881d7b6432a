-- The agenda: what a clinic sets about its times, when people are at work, and who comes when.

create extension if not exists btree_gist with schema public;

alter table clinics
  add column version integer not null default 1,
  add column city text,
  add column state text,
  add column phone text,
  add column address text,
  add column slot_minutes integer not null default 30,
  add column optional_holidays text[] not null default '{}',
  add column reminders jsonb not null default '[]',
  add column overlap text not null default 'allow',
  add column updated_at timestamptz not null default now(),
  add constraint clinics_slot_minutes_check check (slot_minutes between 5 and 120),
  add constraint clinics_overlap_check check (overlap in ('allow', 'forbid'));
comment on column clinics.optional_holidays is 'names of optional holidays on which the clinic is closed';
comment on column clinics.reminders is 'when clients are reminded: [{minutesBefore, channel}]';
comment on column clinics.overlap is 'whether a busy time may be booked with a reason';

create table visit_types (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  key text not null,
  name text not null,
  minutes integer not null,
  buffer_minutes integer not null default 0,
  color text not null default 'teal',
  position integer not null default 100,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint visit_types_pk primary key (clinic_id, id),
  constraint visit_types_key_key unique (clinic_id, key),
  constraint visit_types_clinic_fk foreign key (clinic_id) references clinics (id),
  constraint visit_types_minutes_check check (minutes between 5 and 720 and buffer_minutes between 0 and 240)
);
comment on column visit_types.buffer_minutes is 'kept free after it when times are offered; never refuses';

insert into visit_types (clinic_id, key, name, minutes, color, position)
select clinics.id, standard.* from clinics, (values
  ('consulta', 'Consulta', 60, 'teal', 1),
  ('avaliacao', 'Avaliação', 60, 'indigo', 2),
  ('retorno', 'Retorno', 30, 'green', 3),
  ('procedimento', 'Procedimento', 90, 'amber', 4),
  ('outro', 'Outro', 30, 'slate', 5)
) as standard;

create table rooms (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  name text not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint rooms_pk primary key (clinic_id, id),
  constraint rooms_id_key unique (id),
  constraint rooms_clinic_fk foreign key (clinic_id) references clinics (id)
);

-- One row for each professional whose hours were set. Without one the usual hours apply (availability/usual-hours.ts).
create table working_hours (
  clinic_id uuid not null,
  professional_id uuid not null,
  weekly jsonb not null,
  updated_at timestamptz not null default now(),
  constraint working_hours_pk primary key (clinic_id, professional_id),
  constraint working_hours_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id)
);
comment on column working_hours.weekly is '[{weekday, from, to}], ISO weekdays, times of the wall clock';

create table hours_exceptions (
  clinic_id uuid not null,
  professional_id uuid not null,
  date date not null,
  windows jsonb not null,
  constraint hours_exceptions_pk primary key (clinic_id, professional_id, date),
  constraint hours_exceptions_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id)
);
comment on column hours_exceptions.windows is '[{from, to}] in place of the weekly hours; empty: closed';

create table time_off (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid,
  start_at timestamptz not null,
  end_at timestamptz not null,
  reason text,
  created_by uuid,
  created_at timestamptz not null default now(),
  constraint time_off_pk primary key (clinic_id, id),
  constraint time_off_clinic_fk foreign key (clinic_id) references clinics (id),
  constraint time_off_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id),
  constraint time_off_order_check check (start_at < end_at)
);
comment on column time_off.professional_id is 'null: the whole clinic';
create index time_off_end_idx on time_off (clinic_id, end_at);

-- Holidays entered by hand; the others are computed (availability/holidays.ts).
create table holidays (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  date date not null,
  name text not null,
  kind text not null default 'municipal',
  closed boolean not null default true,
  created_at timestamptz not null default now(),
  constraint holidays_pk primary key (clinic_id, id),
  constraint holidays_date_key unique (clinic_id, date),
  constraint holidays_clinic_fk foreign key (clinic_id) references clinics (id),
  constraint holidays_kind_check check (kind in ('state', 'municipal'))
);

create table appointments (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  client_id uuid not null,
  professional_id uuid not null,
  room_id uuid,
  visit_type text not null,
  title text,
  start_at timestamptz not null,
  end_at timestamptz not null,
  local_start timestamp not null,
  time_zone text not null,
  location text,
  notes text,
  status text not null default 'scheduled',
  cancel_reason text,
  cancel_asked_by text,
  client_answer text,
  overlap_reason text,
  owes_makeup boolean not null default false,
  makeup_of uuid,
  series_id uuid,
  original_start timestamptz,
  package_id uuid,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint appointments_pk primary key (clinic_id, id),
  constraint appointments_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint appointments_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id),
  constraint appointments_room_fk foreign key (clinic_id, room_id) references rooms (clinic_id, id),
  constraint appointments_visit_type_fk foreign key (clinic_id, visit_type) references visit_types (clinic_id, key),
  constraint appointments_makeup_fk foreign key (clinic_id, makeup_of) references appointments (clinic_id, id),
  -- The longest appointment. What overlaps a time therefore starts less than that before it, which an index finds.
  constraint appointments_length_check check (start_at < end_at and end_at - start_at <= interval '12 hours'),
  constraint appointments_status_check check (
    status in ('scheduled', 'confirmed', 'arrived', 'inProgress', 'done', 'noShow', 'canceled')
  ),
  constraint appointments_asked_by_check check (cancel_asked_by in ('client', 'clinic')),
  constraint appointments_answer_check check (client_answer in ('confirm', 'cancel', 'reschedule')),
  -- Checked when a statement ends, so that the appointments of a day that moves as a whole do not collide with one another.
  constraint appointments_professional_free exclude using gist (
    professional_id with =, tstzrange(start_at, end_at) with &&
  ) where (status not in ('canceled', 'noShow') and deleted_at is null and overlap_reason is null)
    deferrable initially immediate,
  constraint appointments_room_free exclude using gist (
    room_id with =, tstzrange(start_at, end_at) with &&
  ) where (status not in ('canceled', 'noShow') and deleted_at is null and overlap_reason is null and room_id is not null)
    deferrable initially immediate
);
comment on column appointments.local_start is 'the clinic''s wall time of start_at, in time_zone';
comment on column appointments.overlap_reason is 'why it was booked into a busy time (encaixe)';
comment on column appointments.deleted_at is 'entered by mistake: it has left the agenda, its history stays';
create index appointments_start_idx on appointments (clinic_id, start_at, id) where deleted_at is null;
create index appointments_professional_idx on appointments (clinic_id, professional_id, start_at, id) where deleted_at is null;
create index appointments_client_idx on appointments (clinic_id, client_id, start_at, id);
create index appointments_room_idx on appointments (clinic_id, room_id, start_at) where room_id is not null;
create index appointments_open_idx on appointments (clinic_id, end_at)
  where deleted_at is null and status in ('scheduled', 'confirmed', 'arrived', 'inProgress');
create index appointments_makeup_idx on appointments (clinic_id, makeup_of) where makeup_of is not null;
create index appointments_series_idx on appointments (clinic_id, series_id, original_start) where series_id is not null;
create index appointments_package_idx on appointments (clinic_id, package_id, start_at) where package_id is not null;

create table appointment_versions (
  clinic_id uuid not null,
  appointment_id uuid not null,
  version integer not null,
  at timestamptz not null default now(),
  professional_id uuid,
  session_id uuid,
  action text not null,
  changes jsonb not null,
  merge_id uuid,
  constraint appointment_versions_pk primary key (clinic_id, appointment_id, version),
  constraint appointment_versions_appointment_fk foreign key (clinic_id, appointment_id)
    references appointments (clinic_id, id),
  constraint appointment_versions_professional_fk foreign key (clinic_id, professional_id)
    references professionals (clinic_id, id)
);
comment on column appointment_versions.professional_id is 'null: the client, by the link of a message, or a rule';
create index appointment_versions_merge_idx on appointment_versions (clinic_id, merge_id) where merge_id is not null;
create trigger appointment_versions_append_only before update or delete or truncate on appointment_versions
  for each statement execute function app.refuse_change();
