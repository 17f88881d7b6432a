-- Clinics, their people, their device sessions, their clients, and the trail of who did what.
-- Every tenant table leads its keys with clinic_id; access rules are in access.sql, applied after each migration run.

create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists btree_gin with schema public;
create extension if not exists fuzzystrmatch with schema public;

create schema app;

-- UUIDv7 (RFC 9562), for servers older than PostgreSQL 18: 48 bits of milliseconds, version and variant, the rest random.
create function app.uuid_v7() returns uuid
language sql volatile parallel safe
return encode(
  set_bit(
    set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6
      ), 52, 1
    ), 53, 1
  ), 'hex'
)::uuid;

-- Text as search compares it: no accents, no case, nothing invisible, no apostrophes, spaces for hyphens.
-- Immutable as long as the dictionary stays, which a REINDEX would mend.
create function app.fold(value text) returns text
language sql immutable strict parallel safe
return translate(
  lower(
    public.unaccent(
      'public.unaccent'::regdictionary,
      regexp_replace(
        -- A lone acute or grave accent is how an apostrophe often gets typed.
        normalize(translate(value, '´`', ''''''), NFKC),
        '[\u0300-\u036F\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]', '', 'g'
      )
    ) collate "und-x-icu"
  ),
  '-''ʼ', ' '
);

-- What a list of clients can be narrowed by, each as one word.
create function app.facets(tags text[], city text, state text, date_of_birth date) returns text[]
language sql immutable parallel safe
begin atomic
  select array_remove(
    array(select 'tag:' || tag from unnest(tags) as tag)
    || ('city:' || app.fold(city)) || ('state:' || state) || ('month:' || extract(month from date_of_birth)::integer),
    null
  );
end;

-- The clinic of this transaction, set by app.enter.
create function app.current_clinic() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.clinic_id', true), '')::uuid;

create table clinics (
  id uuid not null default app.uuid_v7(),
  name text not null,
  time_zone text not null default 'America/Sao_Paulo',
  created_at timestamptz not null default now(),
  constraint clinics_pk primary key (id)
);

create table professionals (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  email text not null,
  first_name text not null,
  last_name text,
  role text not null,
  is_superuser boolean not null default false,
  settings jsonb not null default '{}',
  deactivated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint professionals_pk primary key (clinic_id, id),
  constraint professionals_id_key unique (id),
  constraint professionals_clinic_fk foreign key (clinic_id) references clinics (id),
  constraint professionals_role_check check (role in ('administrator', 'professional', 'reception'))
);
create unique index professionals_email_key on professionals (lower(email));

create table device_sessions (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid not null,
  device_key text not null,
  device_name text,
  device_kind text not null default 'unknown',
  refresh_generation integer not null default 1,
  refresh_rotated_at timestamptz not null default now(),
  refresh_expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  ended_at timestamptz,
  end_reason text,
  ended_by_kind text,
  constraint device_sessions_pk primary key (clinic_id, id),
  constraint device_sessions_id_key unique (id),
  constraint device_sessions_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id),
  constraint device_sessions_end_check check ((ended_at is null) = (end_reason is null))
);
comment on column device_sessions.device_key is 'keyed hash of the device id that the client chose';
create unique index device_sessions_live_device_key on device_sessions (clinic_id, professional_id, device_key) where ended_at is null;
create index device_sessions_device_idx on device_sessions (clinic_id, professional_id, device_key);

create table access_codes (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid not null,
  device_key text not null default '',
  request_key text not null,
  number integer not null,
  code_hash text not null,
  wrong_guesses integer not null default 0,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  superseded_at timestamptz,
  used_at timestamptz,
  constraint access_codes_pk primary key (clinic_id, id),
  constraint access_codes_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id)
);
comment on column access_codes.device_key is 'the known device that asked, or empty: each has its own newest code';
comment on column access_codes.request_key is 'keyed hash of the token that the asking browser holds';
create index access_codes_newest_idx on access_codes (clinic_id, professional_id, requested_at desc);

-- Guesses spent on an e-mail address, whether or not anybody has it. Not a tenant table: nobody is signed in yet.
create table sign_in_guards (
  email_key text not null,
  device_key text not null default '',
  wrong_guesses integer not null default 0,
  lock_level integer not null default 0,
  locked_until timestamptz,
  updated_at timestamptz not null default now(),
  constraint sign_in_guards_pk primary key (email_key, device_key)
);

-- In the form that rate-limiter-flexible reads and writes.
create table rate_limits (
  key text not null,
  points integer not null default 0,
  expire bigint,
  constraint rate_limits_pk primary key (key)
);

create table clients (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid not null,
  version integer not null default 1,
  first_name text not null,
  last_name text,
  social_name text,
  full_name text collate "pt-BR-x-icu" not null generated always as (
    coalesce(nullif(social_name, ''), first_name) || case when last_name <> '' then ' ' || last_name else '' end
  ) stored,
  email text,
  phone text,
  secondary_phone text,
  phone_shared boolean not null default false,
  document text,
  rg text,
  date_of_birth date,
  sex text,
  marital_status text,
  nationality text,
  profession text,
  postal_code text,
  street text,
  street_number text,
  complement text,
  neighborhood text,
  city text,
  state text,
  guardian_name text,
  guardian_phone text,
  guardian_document text,
  insurance_plan text,
  insurance_number text,
  tags text[] not null default '{}',
  notes text,
  extra jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  -- What searches and filters look at, written by app.describe_client.
  search_text text not null default '',
  facets text[] not null default '{}',
  -- False for a moment after a large import: search reads these rows one by one until app.index_clients has caught up.
  in_search_index boolean not null default true,
  constraint clients_pk primary key (clinic_id, id),
  constraint clients_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id)
);
-- How frequent a piece of a name is decides how it is looked for: with the usual sample that would be a guess.
alter table clients alter column search_text set statistics 400;
create unique index clients_phone_key on clients (clinic_id, phone) where archived_at is null and not phone_shared;
create unique index clients_document_key on clients (clinic_id, document) where archived_at is null;
create index clients_phone_idx on clients (clinic_id, phone) where phone_shared;
create index clients_email_idx on clients (clinic_id, lower(email));
-- With the text, so that walking it for a frequent word needs no look at the rows.
create index clients_name_idx on clients (clinic_id, full_name, id) include (search_text)
  where archived_at is null and in_search_index;
create index clients_professional_name_idx on clients (clinic_id, professional_id, full_name, id)
  where archived_at is null and in_search_index;
create index clients_updated_idx on clients (clinic_id, updated_at, id);
create index clients_archived_idx on clients (clinic_id, full_name, id) where archived_at is not null and in_search_index;
-- A short waiting list: every search reads through it.
create index clients_search_idx on clients using gin (clinic_id, search_text public.gin_trgm_ops, facets)
  with (fastupdate = on, gin_pending_list_limit = 64) where in_search_index;
create index clients_waiting_idx on clients (clinic_id, full_name, id) where not in_search_index;

create function app.client_search_text(
  document text, phone text, secondary_phone text, first_name text, social_name text, last_name text, email text
) returns text
language sql immutable parallel safe
-- Cut where an index still takes it: long before that, names are nobody's.
return left(
  ' ' || coalesce(lower(document), '')
  || ' ' || coalesce(regexp_replace(phone, '^\+(55)?', ''), '')
  || ' ' || coalesce(regexp_replace(secondary_phone, '^\+(55)?', ''), '')
  || ' ' || app.fold(
    first_name || ' ' || coalesce(social_name || ' ', '') || coalesce(last_name || ' ', '') || coalesce(email, '')
  ), 400
);

-- Not generated columns: an import writes them itself, a thousand times as fast (imports/search-text.ts, held against these
-- functions by a test).
create function app.describe_client() returns trigger
language plpgsql as $$
begin
  new.search_text := app.client_search_text(
    new.document, new.phone, new.secondary_phone, new.first_name, new.social_name, new.last_name, new.email
  );
  new.facets := app.facets(new.tags, new.city, new.state, new.date_of_birth);
  return new;
end
$$;
create trigger clients_described_when_new before insert on clients
  for each row when (new.search_text = '') execute function app.describe_client();
create trigger clients_described_when_changed
  before update of document, phone, secondary_phone, first_name, social_name, last_name, email, tags, city, state, date_of_birth
  on clients for each row execute function app.describe_client();

create table client_versions (
  clinic_id uuid not null,
  client_id uuid not null,
  version integer not null,
  at timestamptz not null default now(),
  professional_id uuid not null,
  session_id uuid,
  action text not null,
  changes jsonb not null,
  constraint client_versions_pk primary key (clinic_id, client_id, version),
  constraint client_versions_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint client_versions_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id)
);

create table idempotency_keys (
  clinic_id uuid not null,
  professional_id uuid not null,
  key text not null,
  request_hash text not null,
  record_id uuid not null,
  created_at timestamptz not null default now(),
  constraint idempotency_keys_pk primary key (clinic_id, professional_id, key),
  constraint idempotency_keys_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id)
);
create index idempotency_keys_created_idx on idempotency_keys (created_at);

create table audit_events (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  at timestamptz not null default clock_timestamp(),
  actor_id uuid,
  session_id uuid,
  action text not null,
  record_type text,
  record_id uuid,
  address inet,
  request_id text,
  constraint audit_events_pk primary key (clinic_id, id),
  constraint audit_events_clinic_fk foreign key (clinic_id) references clinics (id)
);
comment on table audit_events is 'append-only; never personal data, codes or tokens';

create table audit_seals (
  clinic_id uuid not null,
  sequence bigint not null,
  event_id uuid not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default now(),
  constraint audit_seals_pk primary key (clinic_id, sequence),
  constraint audit_seals_event_key unique (clinic_id, event_id),
  constraint audit_seals_event_fk foreign key (clinic_id, event_id) references audit_events (clinic_id, id)
);

create function app.refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_events_append_only before update or delete or truncate on audit_events
  for each statement execute function app.refuse_change();
create trigger audit_seals_append_only before update or delete or truncate on audit_seals
  for each statement execute function app.refuse_change();
create trigger client_versions_append_only before update or delete or truncate on client_versions
  for each statement execute function app.refuse_change();
