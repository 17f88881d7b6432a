-- What follows from appointments: series, packages of sessions, who waits for a time, reminders, links to confirm, calendar feeds.

-- When the present start was decided, and since when the time is free again; kept by a trigger, whoever writes.
alter table appointments
  add column start_set_at timestamptz not null default now(),
  add column freed_at timestamptz;
comment on column appointments.start_set_at is 'since when it has this start; reminders whose moment was before are not sent';
comment on column appointments.freed_at is 'when it was canceled or missed';

create function app.note_start_of_appointment() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger appointments_note_start before update on appointments
  for each row execute function app.note_start_of_appointment();

create table series (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  client_id uuid not null,
  professional_id uuid not null,
  room_id uuid,
  visit_type text not null,
  title text,
  package_id uuid,
  local_start timestamp not null,
  time_zone text not null,
  duration_minutes integer not null,
  rule jsonb not null,
  planned_through date not null,
  ended_on date,
  created_by uuid not null,
  merges uuid[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint series_pk primary key (clinic_id, id),
  constraint series_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint series_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id),
  constraint series_room_fk foreign key (clinic_id, room_id) references rooms (clinic_id, id),
  constraint series_visit_type_fk foreign key (clinic_id, visit_type) references visit_types (clinic_id, key),
  constraint series_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id),
  constraint series_duration_check check (duration_minutes between 5 and 720)
);
comment on column series.local_start is 'wall time of the date that the rule counts from; changes when this and the following are moved';
comment on column series.rule is '{every, unit, on?, count?, until?}';
comment on column series.planned_through is 'dates up to this one have been booked, or noted in series_gaps';
comment on column series.ended_on is 'the date from which it has no more appointments';
comment on column series.merges is 'merges of clients that gave it to another client, the latest at the end: undoing one gives it back';
create index series_client_idx on series (clinic_id, client_id);
create index series_professional_idx on series (clinic_id, professional_id);
create index series_open_idx on series (planned_through)
  where ended_on is null and not rule ? 'count' and not rule ? 'until';

create table series_gaps (
  clinic_id uuid not null,
  series_id uuid not null,
  date date not null,
  start_at timestamptz not null,
  state text not null,
  noted_at timestamptz not null default now(),
  constraint series_gaps_pk primary key (clinic_id, series_id, date),
  constraint series_gaps_series_fk foreign key (clinic_id, series_id) references series (clinic_id, id)
);
comment on table series_gaps is 'dates of a series that have no appointment, and why';

create table session_packages (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  client_id uuid not null,
  name text,
  total integer not null,
  counts_late_cancel boolean not null,
  counts_no_show boolean not null,
  late_hours integer not null,
  closed_at timestamptz,
  created_by uuid not null,
  merges uuid[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint session_packages_pk primary key (clinic_id, id),
  constraint session_packages_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint session_packages_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id),
  constraint session_packages_total_check check (total between 1 and 999),
  constraint session_packages_late_check check (late_hours between 0 and 168)
);
comment on column session_packages.late_hours is 'a cancellation within this many hours of the start is late';
create index session_packages_client_idx on session_packages (clinic_id, client_id);

alter table appointments
  add constraint appointments_series_fk foreign key (clinic_id, series_id) references series (clinic_id, id),
  add constraint appointments_package_fk foreign key (clinic_id, package_id) references session_packages (clinic_id, id);
alter table series
  add constraint series_package_fk foreign key (clinic_id, package_id) references session_packages (clinic_id, id);

create table waiting_wishes (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  client_id uuid not null,
  professional_id uuid,
  weekdays integer[] not null default '{}',
  periods text[] not null default '{}',
  visit_type text,
  note text,
  created_by uuid not null,
  merges uuid[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint waiting_wishes_pk primary key (clinic_id, id),
  constraint waiting_wishes_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint waiting_wishes_professional_fk foreign key (clinic_id, professional_id)
    references professionals (clinic_id, id),
  constraint waiting_wishes_visit_type_fk foreign key (clinic_id, visit_type) references visit_types (clinic_id, key),
  constraint waiting_wishes_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id)
);
create index waiting_wishes_created_idx on waiting_wishes (clinic_id, created_at, id);
create index waiting_wishes_client_idx on waiting_wishes (clinic_id, client_id);

create table reminder_preferences (
  clinic_id uuid not null,
  client_id uuid not null,
  version integer not null default 1,
  email boolean not null,
  updated_by uuid not null,
  updated_at timestamptz not null default now(),
  constraint reminder_preferences_pk primary key (clinic_id, client_id),
  constraint reminder_preferences_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint reminder_preferences_updated_by_fk foreign key (clinic_id, updated_by)
    references professionals (clinic_id, id)
);
comment on column reminder_preferences.email is 'whether the client gets reminders by e-mail; without a row they do';

create table appointment_reminders (
  clinic_id uuid not null,
  appointment_id uuid not null,
  start_at timestamptz not null,
  minutes_before integer not null,
  state text not null,
  queued_at timestamptz not null default now(),
  tried_at timestamptz,
  settled_at timestamptz,
  constraint appointment_reminders_pk primary key (clinic_id, appointment_id, start_at, minutes_before),
  constraint appointment_reminders_appointment_fk foreign key (clinic_id, appointment_id)
    references appointments (clinic_id, id),
  constraint appointment_reminders_state_check check (
    state in ('queued', 'sending', 'waiting', 'sent', 'unsent', 'unknown')
  )
);
comment on column appointment_reminders.state is
  'sending: handed to the mail server, and never again; waiting: surely not taken, to be tried again; unknown: the answer was lost';
create index appointment_reminders_start_idx on appointment_reminders (start_at);

create table confirmation_links (
  clinic_id uuid not null,
  key text not null,
  appointment_id uuid not null,
  start_at timestamptz not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  constraint confirmation_links_pk primary key (clinic_id, key),
  constraint confirmation_links_key_key unique (key),
  constraint confirmation_links_appointment_fk foreign key (clinic_id, appointment_id)
    references appointments (clinic_id, id)
);
comment on column confirmation_links.key is 'the random half of the token; the other half is a mark made with SECRET_KEY';
comment on column confirmation_links.start_at is 'the start that the message named';
create index confirmation_links_appointment_idx on confirmation_links (clinic_id, appointment_id);
create index confirmation_links_expiry_idx on confirmation_links (expires_at);

create table calendar_feeds (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid not null,
  name text not null,
  content text not null,
  token_hash text not null,
  created_at timestamptz not null default now(),
  last_read_at timestamptz,
  constraint calendar_feeds_pk primary key (clinic_id, id),
  constraint calendar_feeds_token_key unique (token_hash),
  constraint calendar_feeds_professional_fk foreign key (clinic_id, professional_id)
    references professionals (clinic_id, id),
  constraint calendar_feeds_content_check check (content in ('initials', 'names'))
);
comment on column calendar_feeds.token_hash is 'keyed hash of the secret in the address';
create index calendar_feeds_professional_idx on calendar_feeds (clinic_id, professional_id);
