-- Limits on asking for codes and on guessing them, shared by every server; passkeys, and the challenges they answer.

-- Counters of a fixed window each. Unlogged: nothing is written ahead for them, and a crash of the database forgets them.
drop table rate_limits;
create unlogged table rate_limits (
  key text not null,
  points integer not null,
  expires_at timestamptz not null,
  constraint rate_limits_pk primary key (key)
);
comment on column rate_limits.key is 'name of the limit and a keyed hash: neither addresses nor e-mails';
create index rate_limits_expires_idx on rate_limits (expires_at);

-- Charges one point to every limit of [{"key", "points", "seconds"}], or to none when one of them is used up. Gives the
-- seconds to wait, 0 when all were charged. Callers name limits in one order, or they could wait for one another.
create function app.charge_limits(p_limits jsonb) returns integer
language plpgsql as $$
declare
  item record;
  used record;
  wait integer := 0;
begin
  begin
    for item in select * from jsonb_to_recordset(p_limits) as l (key text, points integer, seconds integer) loop
      insert into rate_limits as r (key, points, expires_at)
        values (item.key, 1, clock_timestamp() + make_interval(secs => item.seconds))
        on conflict (key) do update set
          points = case when r.expires_at <= clock_timestamp() then 1 else r.points + 1 end,
          expires_at = case when r.expires_at <= clock_timestamp() then excluded.expires_at else r.expires_at end
        returning r.points, r.expires_at into used;
      if used.points > item.points then
        wait := greatest(wait, 1, ceil(extract(epoch from used.expires_at - clock_timestamp()))::integer);
      end if;
    end loop;
    if wait > 0 then
      raise exception 'limit reached' using errcode = 'AC429';
    end if;
  exception when sqlstate 'AC429' then
    return wait;
  end;
  return 0;
end
$$;

create index sign_in_guards_updated_idx on sign_in_guards (updated_at);

create table passkeys (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid not null,
  rp_id text not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  backed_up boolean not null,
  name text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  constraint passkeys_pk primary key (clinic_id, id),
  constraint passkeys_credential_key unique (credential_id),
  constraint passkeys_professional_fk foreign key (clinic_id, professional_id) references professionals (clinic_id, id)
);
comment on column passkeys.rp_id is 'the domain it was made for: browsers offer it there alone';
create index passkeys_professional_idx on passkeys (clinic_id, professional_id);

-- What an authenticator is asked to sign, once. Not a tenant table: who answers is known only afterwards.
create unlogged table passkey_challenges (
  challenge text not null,
  professional_id uuid,
  expires_at timestamptz not null,
  constraint passkey_challenges_pk primary key (challenge)
);
comment on column passkey_challenges.professional_id is 'who adds a passkey; empty when somebody signs in';
create index passkey_challenges_expires_idx on passkey_challenges (expires_at);
