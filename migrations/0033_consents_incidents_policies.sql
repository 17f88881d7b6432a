-- What clients consent to, incidents with personal data, and what a clinic says publicly about both.

-- The texts that clients are asked to agree to. A change is a new version; what somebody agreed to stays as it was.
create table consent_texts (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  purpose text not null,
  title text not null,
  series text not null generated always as (case purpose when 'other' then lower(title) else purpose end) stored,
  version integer not null,
  body text not null,
  asked boolean not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  constraint consent_texts_pk primary key (clinic_id, id),
  constraint consent_texts_version_key unique (clinic_id, purpose, series, version),
  constraint consent_texts_clinic_fk foreign key (clinic_id) references clinics (id),
  constraint consent_texts_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id),
  constraint consent_texts_purpose_check check (purpose in ('treatment', 'images', 'messages', 'other'))
);
comment on column consent_texts.series is 'what the versions of one text have in common: its purpose; for other purposes the title';
comment on column consent_texts.asked is 'whether cards say that it is missing; the latest version counts';
create trigger consent_texts_append_only before update or delete or truncate on consent_texts
  for each statement execute function app.refuse_change();

-- What somebody answered. Of several answers to versions of one text the latest counts.
create table consents (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  client_id uuid not null,
  text_id uuid not null,
  decision text not null,
  given_by text not null,
  guardian_name text,
  guardian_relation text,
  means text not null,
  given_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null default now(),
  constraint consents_pk primary key (clinic_id, id),
  constraint consents_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint consents_text_fk foreign key (clinic_id, text_id) references consent_texts (clinic_id, id),
  constraint consents_recorded_by_fk foreign key (clinic_id, recorded_by) references professionals (clinic_id, id),
  constraint consents_decision_check check (decision in ('given', 'refused')),
  constraint consents_given_by_check check (given_by in ('client', 'guardian')),
  constraint consents_guardian_check check ((given_by = 'guardian') = (guardian_relation is not null)),
  constraint consents_relation_check check (guardian_relation in ('mother', 'father', 'tutor', 'curator', 'other')),
  constraint consents_means_check check (means in ('paper', 'verbal', 'screen'))
);
comment on column consents.guardian_name is 'emptied when the client is anonymised';
create index consents_client_idx on consents (clinic_id, client_id);
create index consents_text_idx on consents (clinic_id, text_id);
create trigger consents_append_only before update or delete or truncate on consents
  for each statement execute function app.refuse_change();

-- LGPD art. 8 § 5: consent may be withdrawn at any time. The consent itself stays as it was given.
create table consent_withdrawals (
  clinic_id uuid not null,
  consent_id uuid not null,
  asked_by text not null,
  guardian_name text,
  guardian_relation text,
  means text not null,
  withdrawn_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null default now(),
  constraint consent_withdrawals_pk primary key (clinic_id, consent_id),
  constraint consent_withdrawals_consent_fk foreign key (clinic_id, consent_id) references consents (clinic_id, id),
  constraint consent_withdrawals_recorded_by_fk foreign key (clinic_id, recorded_by) references professionals (clinic_id, id),
  constraint consent_withdrawals_asked_by_check check (asked_by in ('client', 'guardian')),
  constraint consent_withdrawals_guardian_check check ((asked_by = 'guardian') = (guardian_relation is not null)),
  constraint consent_withdrawals_relation_check check (guardian_relation in ('mother', 'father', 'tutor', 'curator', 'other')),
  constraint consent_withdrawals_means_check check (means in ('paper', 'verbal', 'screen'))
);
create trigger consent_withdrawals_append_only before update or delete or truncate on consent_withdrawals
  for each statement execute function app.refuse_change();

-- Incidents with personal data (Resolução CD/ANPD 15/2024), also those that nobody had to be told of.
create table incidents (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  account_id uuid,
  session_id uuid,
  address inet,
  window_from timestamptz not null,
  window_to timestamptz not null,
  description text not null,
  known_on date not null,
  report jsonb not null default '{}',
  authority_told_on date,
  clients_told_on date,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint incidents_pk primary key (clinic_id, id),
  constraint incidents_clinic_fk foreign key (clinic_id) references clinics (id),
  constraint incidents_account_fk foreign key (clinic_id, account_id) references professionals (clinic_id, id),
  constraint incidents_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id),
  constraint incidents_window_check check (window_from < window_to)
);
comment on column incidents.session_id is 'one session of the device; sessions may be gone before the incident is';
comment on column incidents.report is 'what the authority asks for, by the names of the contract';
create index incidents_created_idx on incidents (created_at);

create function app.keep_incident() returns trigger language plpgsql as 'begin return old; end';
create trigger incidents_kept before delete on incidents for each row execute function app.keep_incident();
create trigger incidents_not_emptied before truncate on incidents for each statement execute function app.refuse_change();

-- Who answers for the data of a clinic, and whom people may ask.
create table privacy_settings (
  clinic_id uuid not null,
  version integer not null default 1,
  public_name text,
  controller_name text,
  controller_document text,
  controller_address text,
  officer_name text,
  officer_email text,
  officer_phone text,
  small_agent boolean not null default false,
  updated_at timestamptz not null default now(),
  constraint privacy_settings_pk primary key (clinic_id),
  constraint privacy_settings_public_name_key unique (public_name),
  constraint privacy_settings_clinic_fk foreign key (clinic_id) references clinics (id)
);
comment on column privacy_settings.public_name is 'of the public pages: /privacidade/{public_name}; without one, the id of the clinic';
comment on column privacy_settings.small_agent is 'agente de tratamento de pequeno porte: deadlines of incidents are doubled (Resolução CD/ANPD 2/2022)';

create table policy_versions (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  kind text not null,
  version integer not null,
  body text not null,
  published_by uuid not null,
  published_at timestamptz not null default now(),
  constraint policy_versions_pk primary key (clinic_id, id),
  constraint policy_versions_version_key unique (clinic_id, kind, version),
  constraint policy_versions_clinic_fk foreign key (clinic_id) references clinics (id),
  constraint policy_versions_published_by_fk foreign key (clinic_id, published_by) references professionals (clinic_id, id),
  constraint policy_versions_kind_check check (kind in ('privacy', 'terms'))
);
create trigger policy_versions_append_only before update or delete or truncate on policy_versions
  for each statement execute function app.refuse_change();
