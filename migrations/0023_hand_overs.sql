-- What a professional who left gave to a colleague, so that it can be taken back as a whole.
create table client_hand_overs (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  from_id uuid not null,
  to_id uuid not null,
  client_ids uuid[] not null,
  made_by uuid not null,
  made_at timestamptz not null default now(),
  taken_back_by uuid,
  taken_back_at timestamptz,
  constraint client_hand_overs_pk primary key (clinic_id, id),
  constraint client_hand_overs_from_fk foreign key (clinic_id, from_id) references professionals (clinic_id, id),
  constraint client_hand_overs_to_fk foreign key (clinic_id, to_id) references professionals (clinic_id, id),
  constraint client_hand_overs_made_by_fk foreign key (clinic_id, made_by) references professionals (clinic_id, id),
  constraint client_hand_overs_taken_back_by_fk foreign key (clinic_id, taken_back_by) references professionals (clinic_id, id),
  constraint client_hand_overs_people_check check (from_id <> to_id),
  constraint client_hand_overs_taken_back_check check ((taken_back_at is null) = (taken_back_by is null))
);
comment on column client_hand_overs.client_ids is 'the clients that were given, archived ones too';
create index client_hand_overs_from_idx on client_hand_overs (clinic_id, from_id) where taken_back_at is null;

-- How many clients an import gives another name: what is overwritten is shown before the import runs.
alter table imports add column renamed integer not null default 0;
