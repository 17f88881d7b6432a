-- Who people are to their council, clinical access apart from the role, what professionals see, and who stands in for whom.

-- `clinical_denied` and not its opposite: releases before this one invite people and change roles without naming it.
alter table professionals
  add column clinical_denied boolean not null default false,
  add column council_kind text,
  add column council_number text,
  add column council_state text,
  add column specialty text,
  add column document text;
alter table professionals
  add constraint professionals_council_check check (
    (council_kind is null and council_number is null and council_state is null)
    or (council_kind is not null and council_kind in ('CRM', 'CRP', 'CRO', 'CREFITO', 'CRBM', 'other', 'none'))
  );
comment on column professionals.clinical_denied is 'a role that treats people has clinical access unless this is set';
comment on column professionals.document is 'CPF of a person or CNPJ of a company, digits and letters only';

alter table clinics add column professionals_see text not null default 'own';
alter table clinics add constraint clinics_professionals_see_check check (professionals_see in ('own', 'all'));
comment on column clinics.professionals_see is 'own: their own clients and agenda; all: those of the whole clinic';

-- Somebody who is away, and who treats their clients meanwhile. The row stays when it is over.
create table coverings (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  absent_id uuid not null,
  covering_id uuid not null,
  named boolean not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  reason text not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid,
  constraint coverings_pk primary key (clinic_id, id),
  constraint coverings_absent_fk foreign key (clinic_id, absent_id) references professionals (clinic_id, id),
  constraint coverings_covering_fk foreign key (clinic_id, covering_id) references professionals (clinic_id, id),
  constraint coverings_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id),
  constraint coverings_ended_by_fk foreign key (clinic_id, ended_by) references professionals (clinic_id, id),
  constraint coverings_people_check check (absent_id <> covering_id),
  -- A day more than thirty, because days of clinics with summer time have 25 hours.
  constraint coverings_time_check check (from_at < until_at and until_at <= from_at + interval '31 days')
);
comment on column coverings.named is 'only the clients in covering_clients, not all and not the agenda';
create index coverings_covering_idx on coverings (clinic_id, covering_id, until_at);
create index coverings_absent_idx on coverings (clinic_id, absent_id, until_at);

create table covering_clients (
  clinic_id uuid not null,
  covering_id uuid not null,
  client_id uuid not null,
  constraint covering_clients_pk primary key (clinic_id, covering_id, client_id),
  constraint covering_clients_covering_fk foreign key (clinic_id, covering_id) references coverings (clinic_id, id),
  constraint covering_clients_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id)
);
create index covering_clients_client_idx on covering_clients (clinic_id, client_id);

-- One client whom a professional opened although the client is a colleague's.
create table emergency_accesses (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  client_id uuid not null,
  professional_id uuid not null,
  owner_id uuid not null,
  reason text not null,
  opened_at timestamptz not null default now(),
  expires_at timestamptz not null,
  reviewed_at timestamptz,
  reviewed_by uuid,
  constraint emergency_accesses_pk primary key (clinic_id, id),
  constraint emergency_accesses_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint emergency_accesses_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id),
  constraint emergency_accesses_owner_fk foreign key (clinic_id, owner_id) references professionals (clinic_id, id),
  constraint emergency_accesses_reviewed_by_fk foreign key (clinic_id, reviewed_by) references professionals (clinic_id, id),
  constraint emergency_accesses_review_check check (
    (reviewed_at is null) = (reviewed_by is null) and reviewed_by is distinct from professional_id
  )
);
comment on column emergency_accesses.owner_id is 'whose client it was then, and who was told';
create index emergency_accesses_professional_idx on emergency_accesses (clinic_id, professional_id, expires_at);
create index emergency_accesses_owner_idx on emergency_accesses (clinic_id, owner_id);
create index emergency_accesses_client_idx on emergency_accesses (clinic_id, client_id);
