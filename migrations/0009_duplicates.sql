-- People who are in the register twice: who they are not, whom they became, and the way back.

-- Compares names as people do: accents, case, spaces, hyphens and apostrophes make no difference.
create collation app.loose (provider = icu, locale = 'und-u-ka-shifted-ks-level1', deterministic = false);

-- A record that was merged into another stays where it is, archived, with its history.
alter table clients add column merged_into uuid;
comment on column clients.merged_into is 'the record that stands for this one, as long as this one is archived';
create index clients_merged_idx on clients (clinic_id, merged_into) where merged_into is not null;

create table client_merges (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  winner_id uuid not null,
  loser_id uuid not null,
  winner_phone_shared boolean not null,
  merged_by uuid not null,
  merged_at timestamptz not null default now(),
  undone_by uuid,
  undone_at timestamptz,
  constraint client_merges_pk primary key (clinic_id, id),
  constraint client_merges_winner_fk foreign key (clinic_id, winner_id) references clients (clinic_id, id),
  constraint client_merges_loser_fk foreign key (clinic_id, loser_id) references clients (clinic_id, id),
  constraint client_merges_merged_by_fk foreign key (clinic_id, merged_by) references professionals (clinic_id, id),
  constraint client_merges_undone_by_fk foreign key (clinic_id, undone_by) references professionals (clinic_id, id),
  constraint client_merges_pair_check check (winner_id <> loser_id),
  constraint client_merges_undone_check check ((undone_at is null) = (undone_by is null))
);
comment on column client_merges.winner_phone_shared is 'what the winner''s phone_shared was before; the values are in its version';

-- Both sides' versions name the merge: by it the changes are found again that taking it back reverts.
alter table client_versions add column merge_id uuid;
create index client_versions_merge_idx on client_versions (clinic_id, merge_id) where merge_id is not null;

-- Pairs that somebody has looked at and that are two people.
create table duplicate_dismissals (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  first_id uuid not null,
  second_id uuid not null,
  dismissed_by uuid not null,
  dismissed_at timestamptz not null default now(),
  constraint duplicate_dismissals_pk primary key (clinic_id, id),
  constraint duplicate_dismissals_pair_key unique (clinic_id, first_id, second_id),
  constraint duplicate_dismissals_first_fk foreign key (clinic_id, first_id) references clients (clinic_id, id),
  constraint duplicate_dismissals_second_fk foreign key (clinic_id, second_id) references clients (clinic_id, id),
  constraint duplicate_dismissals_by_fk foreign key (clinic_id, dismissed_by) references professionals (clinic_id, id),
  constraint duplicate_dismissals_order_check check (first_id < second_id)
);

-- A client and the records that were merged into it, directly or by way of another.
create function app.records_of(p_client uuid) returns setof uuid
language sql stable
begin atomic
  with recursive records (id) as (
    select p_client
    union
    select c.id from records r join public.clients c on c.merged_into = r.id
    where c.clinic_id = app.current_clinic() and c.archived_at is not null
  )
  select id from records;
end;

-- What 0007 does, for every record of the person.
create or replace function app.anonymize_client(p_client uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  records uuid[];
begin
  perform set_config('app.anonymizing', 'on', true);
  perform set_config('app.system', 'on', true);
  records := array(select app.records_of(p_client));
  update clients set
    first_name = 'Cliente anonimizado', last_name = null, social_name = null, email = null, phone = null,
    secondary_phone = null, phone_shared = false, document = null, rg = null,
    date_of_birth = date_trunc('year', date_of_birth)::date, sex = null, marital_status = null, nationality = null,
    profession = null, postal_code = null, street = null, street_number = null, complement = null, neighborhood = null,
    guardian_name = null, guardian_phone = null, guardian_document = null, insurance_plan = null, insurance_number = null,
    tags = '{}', notes = null, extra = null, archived_at = coalesce(archived_at, now()),
    version = version + 1, updated_at = now()
  where clinic_id = app.current_clinic() and id = any (records);
  update client_versions set changes = '[]' where clinic_id = app.current_clinic() and client_id = any (records);
  perform set_config('app.anonymizing', 'off', true);
  perform set_config('app.system', 'off', true);
end
$$;
