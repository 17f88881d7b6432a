-- One spelling of each tag, who is family of whom, and children found by their guardian.

-- The tags of a clinic. Clients have a tag by its name, in this spelling (clients.tags).
create table clinic_tags (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  version integer not null default 1,
  key text collate "C" not null,
  name text not null,
  color text not null default 'slate',
  icon text not null default 'tag',
  warns boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint clinic_tags_pk primary key (clinic_id, id),
  constraint clinic_tags_key_key unique (clinic_id, key),
  constraint clinic_tags_clinic_fk foreign key (clinic_id) references clinics (id)
);
comment on column clinic_tags.key is 'app.tag_key(name): what all spellings of the tag have in common';
comment on column clinic_tags.warns is 'whoever sees the client should know it: shown at the top of the card and in the list';

create function app.tag_key(name text) returns text
language sql immutable strict parallel safe
return coalesce(nullif(btrim(regexp_replace(app.fold(name), '\s+', ' ', 'g')), ''), name);

-- Of each tag in use, the spelling that most clients have.
insert into clinic_tags (clinic_id, key, name)
  select clinic_id, key, (array_agg(btrim(regexp_replace(tag, '\s+', ' ', 'g')) order by clients desc, tag))[1]
  from (
    select c.clinic_id, t.tag, app.tag_key(t.tag) as key, count(*) as clients
    from clients c, unnest(c.tags) as t (tag) group by 1, 2
  ) as used
  group by clinic_id, key;

insert into clinic_tags (clinic_id, key, name, color, icon, warns)
  select clinics.id, standard.name, standard.name, standard.color, standard.icon, true from clinics, (values
    ('diabetes', 'rose', 'droplet'),
    ('alergia', 'amber', 'alert'),
    ('anticoagulante', 'rose', 'pill'),
    ('gestante', 'indigo', 'baby')
  ) as standard (name, color, icon)
  on conflict (clinic_id, key) do update set color = excluded.color, icon = excluded.icon, warns = true;

update clients c set tags = spelt.tags
  from (
    select w.clinic_id, w.id, array(
      select coalesce(t.name, u.tag) from unnest(w.tags) with ordinality as u (tag, place)
        left join clinic_tags t on t.clinic_id = w.clinic_id and t.key = app.tag_key(u.tag)
      group by 1 order by min(u.place)
    ) as tags
    from clients w where w.tags <> '{}'
  ) as spelt
  where c.clinic_id = spelt.clinic_id and c.id = spelt.id and c.tags <> spelt.tags;

-- Clients who are family. One row for two people, which both cards show.
create table client_links (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  client_id uuid not null,
  relative_id uuid not null,
  kind text not null,
  merges uuid[] not null default '{}',
  created_by uuid not null,
  created_at timestamptz not null default now(),
  constraint client_links_pk primary key (clinic_id, id),
  constraint client_links_client_fk foreign key (clinic_id, client_id) references clients (clinic_id, id),
  constraint client_links_relative_fk foreign key (clinic_id, relative_id) references clients (clinic_id, id),
  constraint client_links_created_by_fk foreign key (clinic_id, created_by) references professionals (clinic_id, id),
  constraint client_links_people_check check (client_id <> relative_id),
  constraint client_links_kind_check check (kind in ('parent', 'guardian', 'sibling', 'partner'))
);
comment on column client_links.kind is 'what the relative is to the client';
comment on column client_links.merges is 'merges of clients that gave it to another one: undoing one gives it back';
create unique index client_links_people_key
  on client_links (clinic_id, least(client_id, relative_id), greatest(client_id, relative_id), kind);
create index client_links_client_idx on client_links (clinic_id, client_id);
create index client_links_relative_idx on client_links (clinic_id, relative_id);

-- Children are found by the name and phone of their guardian.
drop function app.client_search_text(text, text, text, text, text, text, text);
create function app.client_search_text(
  document text, phone text, secondary_phone text, first_name text, social_name text, last_name text, email text,
  guardian_name text default null, guardian_phone text default null
) returns text
language sql immutable parallel safe
return left(
  ' ' || coalesce(lower(document), '')
  || ' ' || coalesce(regexp_replace(phone, '^\+(55)?', ''), '')
  || ' ' || coalesce(regexp_replace(secondary_phone, '^\+(55)?', ''), '')
  || coalesce(' ' || regexp_replace(guardian_phone, '^\+(55)?', ''), '')
  || ' ' || app.fold(
    first_name || ' ' || coalesce(social_name || ' ', '') || coalesce(last_name || ' ', '') || coalesce(email, '')
    || coalesce(' ' || guardian_name, '')
  ), 400
);

create or replace trigger clients_described_when_changed
  before update of document, phone, secondary_phone, first_name, social_name, last_name, email, guardian_name, guardian_phone,
    tags, city, state, date_of_birth
  on clients for each row
  when (
    new.search_text = old.search_text and new.facets = old.facets
    and (
      old.document, old.phone, old.secondary_phone, old.first_name, old.social_name, old.last_name, old.email,
      old.guardian_name, old.guardian_phone, old.tags, old.city, old.state, old.date_of_birth
    ) is distinct from (
      new.document, new.phone, new.secondary_phone, new.first_name, new.social_name, new.last_name, new.email,
      new.guardian_name, new.guardian_phone, new.tags, new.city, new.state, new.date_of_birth
    )
  )
  execute function app.describe_client();

update clients set search_text = app.client_search_text(
    document, phone, secondary_phone, first_name, social_name, last_name, email, guardian_name, guardian_phone
  )
  where guardian_name is not null or guardian_phone is not null;
