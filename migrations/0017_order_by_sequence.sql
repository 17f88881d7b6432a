-- What came later is told by a count, not by the clock, which may step back; links in sign-in mails; invitations to addresses
-- that enter another clinic.

create sequence app.code_requests;

alter table access_codes
  add column request_order bigint not null default nextval('app.code_requests'),
  add column link_hash text;
comment on column access_codes.request_order is 'which was requested later';
comment on column access_codes.link_hash is 'keyed hash of the secret in the mail''s link';
create index access_codes_link_idx on access_codes (link_hash) where link_hash is not null;

alter table device_sessions
  add column use_order bigint not null default 0,
  add column access_expires_at timestamptz;
comment on column device_sessions.use_order is 'counts the uses of a person''s sessions: the least was used longest ago';
comment on column device_sessions.access_expires_at is 'when the last access token ends';

update device_sessions s set use_order = ranked.place
from (
  select id, row_number() over (partition by professional_id order by last_seen_at, id) as place from device_sessions
) as ranked
where ranked.id = s.id;

create function app.number_use() returns trigger
language plpgsql as $$
begin
  new.use_order := 1 + coalesce((
    select max(s.use_order) from device_sessions s
    where s.clinic_id = new.clinic_id and s.professional_id = new.professional_id
  ), 0);
  return new;
end
$$;
create trigger device_sessions_numbered_when_new before insert on device_sessions
  for each row when (new.use_order = 0) execute function app.number_use();
-- A use is written with the time of its transaction.
create trigger device_sessions_numbered_when_used before update of last_seen_at on device_sessions
  for each row when (new.last_seen_at = now()) execute function app.number_use();

-- A person invited with an address that enters another clinic: `email` is then a placeholder that nobody signs in with.
alter table professionals add column invited_email text;
comment on column professionals.invited_email is 'the address that was invited, where another account has it';

-- As before, and a last use in the future, written before the clock stepped back, is no recent one.
create or replace function app.enter(p_session uuid, p_role text) returns void
language plpgsql as $$
declare
  session record;
begin
  perform set_config('app.system', 'on', true);
  select s.clinic_id, s.professional_id, s.ended_at, s.end_reason, s.ended_by_kind, s.last_seen_at, p.role, p.deactivated_at
    into session
    from device_sessions s
    join professionals p on p.clinic_id = s.clinic_id and p.id = s.professional_id
    where s.id = p_session;
  if not found or session.ended_at is not null or session.deactivated_at is not null then
    raise exception 'session_ended' using errcode = 'AC401', detail = json_build_object(
      'reason', coalesce(session.end_reason, case when session.deactivated_at is not null then 'deactivated' end),
      'endedAt', coalesce(session.ended_at, session.deactivated_at),
      'endedBy', session.ended_by_kind
    )::text;
  end if;
  if session.role <> p_role then
    raise exception 'role_changed' using errcode = 'AC409', detail = session.role;
  end if;
  if session.last_seen_at not between now() - interval '1 minute' and now() + interval '1 minute' then
    update device_sessions set last_seen_at = now() where id in (
      select s.id from device_sessions s where s.id = p_session for update skip locked
    );
  end if;
  perform set_config('app.system', 'off', true);
  perform set_config('app.clinic_id', session.clinic_id::text, true);
  perform app.take_application_role();
end
$$;

-- A minute for the clocks of several servers.
create function app.window_is_over(p_expires_at timestamptz, p_seconds integer) returns boolean
language sql volatile
return p_expires_at not between clock_timestamp() and clock_timestamp() + make_interval(secs => p_seconds + 60);

-- As before, and a window that ends later than one begun now was begun before the clock stepped back: it is over.
create or replace function app.charge_limits(p_limits jsonb) returns integer
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
          points = case when app.window_is_over(r.expires_at, item.seconds) then 1 else r.points + 1 end,
          expires_at = case
            when app.window_is_over(r.expires_at, item.seconds) then excluded.expires_at else r.expires_at
          end
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

-- Charges what a clinic may cause within the transaction of the change: when that is rolled back, nothing was charged.
create function app.charge_clinic_limits(p_limits jsonb) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app.current_clinic() is null then
    raise exception 'no clinic' using errcode = 'insufficient_privilege';
  end if;
  return app.charge_limits(p_limits);
end
$$;

