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
