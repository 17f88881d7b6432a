-- What people ask of the clinic about their data (LGPD art. 18), the copies made for them, and who was anonymised.

alter table clinics
  add column data_request_days integer not null default 15,
  add column keeps_clinical text not null default 'law',
  add column money_years integer not null default 5,
  add constraint clinics_data_request_days_check check (data_request_days between 1 and 60),
  add constraint clinics_keeps_clinical_check check (keeps_clinical in ('law', 'forever')),
  add constraint clinics_money_years_check check (money_years between 5 and 30);
comment on column clinics.data_request_days is 'days to answer what somebody asks about their data (LGPD art. 19)';
comment on column clinics.keeps_clinical is 'law: 20 years from the last clinical entry (Lei 13.787/2018 art. 6); forever: for good';
comment on column clinics.money_years is 'years that agreements about money are kept after their last change';

create table data_requests (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  client_id uuid not null,
  kind text not null,
  identified_by text,
  answer text,
  due_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint data_requests_pk primary key (clinic_id, id),
  constraint data_requests_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint data_requests_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id),
  constraint data_requests_answered_by_fk foreign key (clinic_id, answered_by) references professionals (clinic_id, id),
  constraint data_requests_kind_check
    check (kind in ('access', 'correction', 'deletion', 'portability', 'information', 'withdrawal')),
  constraint data_requests_answered_check check ((answered_at is null) = (answered_by is null))
);
comment on column data_requests.identified_by is 'how the clinic knew that it was this person; null once the client is anonymised';
create index data_requests_due_idx on data_requests (clinic_id, due_at, id);
create index data_requests_client_idx on data_requests (clinic_id, client_id);

create table client_copies (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  client_id uuid not null,
  data_request_id uuid,
  token_hash text not null,
  status text not null default 'queued',
  bytes bigint not null default 0,
  left_out integer not null default 0,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ready_at timestamptz,
  claimed_at timestamptz,
  downloaded_at timestamptz,
  constraint client_copies_pk primary key (clinic_id, id),
  constraint client_copies_token_key unique (token_hash),
  constraint client_copies_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint client_copies_request_fk foreign key (clinic_id, data_request_id) references data_requests (clinic_id, id),
  constraint client_copies_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id),
  constraint client_copies_status_check check (status in ('queued', 'ready', 'failed'))
);
comment on column client_copies.token_hash is 'keyed hash of the link''s token, which is stored nowhere';
comment on column client_copies.left_out is 'the number of things that the law keeps apart and the copy counts';
comment on column client_copies.claimed_at is 'when the download that is running began; null once it broke off';
create index client_copies_client_idx on client_copies (clinic_id, client_id);
create index client_copies_request_idx on client_copies (clinic_id, data_request_id) where data_request_id is not null;

-- The archives themselves, for a few days: unlogged, so that neither backups nor standbys hold them.
create unlogged table client_copy_parts (
  clinic_id uuid not null,
  copy_id uuid not null,
  part integer not null,
  bytes bytea not null,
  constraint client_copy_parts_pk primary key (clinic_id, copy_id, part),
  constraint client_copy_parts_copy_fk foreign key (clinic_id, copy_id) references client_copies (clinic_id, id) on delete cascade
);

create table client_anonymizations (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  client_id uuid not null,
  client_ids uuid[] not null default '{}',
  data_request_id uuid,
  asked_by uuid,
  asked_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  done_by uuid,
  done_at timestamptz,
  report jsonb,
  constraint client_anonymizations_pk primary key (clinic_id, id),
  constraint client_anonymizations_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint client_anonymizations_request_fk foreign key (clinic_id, data_request_id) references data_requests (clinic_id, id),
  constraint client_anonymizations_asked_by_fk foreign key (clinic_id, asked_by) references professionals (clinic_id, id),
  constraint client_anonymizations_done_by_fk foreign key (clinic_id, done_by) references professionals (clinic_id, id)
);
comment on column client_anonymizations.client_ids is 'the records that became anonymous: the client and those merged into it';
comment on column client_anonymizations.report is 'what was done, table by table and column by column, without values';
create unique index client_anonymizations_open_key on client_anonymizations (clinic_id, client_id)
  where done_at is null and withdrawn_at is null;
create index client_anonymizations_client_idx on client_anonymizations (clinic_id, client_id);
create index client_anonymizations_request_idx on client_anonymizations (clinic_id, data_request_id)
  where data_request_id is not null;
