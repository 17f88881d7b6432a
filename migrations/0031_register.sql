-- Filters that people keep, the clinic's own messages, and how clients came to know the clinic.

create table saved_filters (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid not null,
  name text not null,
  filters jsonb not null,
  created_at timestamptz not null default now(),
  constraint saved_filters_pk primary key (clinic_id, id),
  -- Saving under the same name again replaces what was saved.
  constraint saved_filters_name_key unique (clinic_id, professional_id, name),
  constraint saved_filters_professional_fk foreign key (clinic_id, professional_id)
    references professionals (clinic_id, id)
);
comment on column saved_filters.filters is 'filters and order of the client list, as its query string names them; never the text of a search';

create table message_templates (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  name text not null,
  text text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint message_templates_pk primary key (clinic_id, id),
  constraint message_templates_clinic_fk foreign key (clinic_id) references clinics (id)
);
comment on column message_templates.text is 'with {nome}, {clinica} and {profissional} in place of what differs';

alter table clients add column referral text;
comment on column clients.referral is 'how the client came to know the clinic, in their words';
