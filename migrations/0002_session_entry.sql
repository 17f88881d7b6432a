-- How a request gets in: one function checks the session and narrows the transaction to its clinic.

-- Raises AC401 (session_ended, with the reason as detail) or AC409 (role_changed, with the role as detail).
create function app.enter(p_session uuid, p_role text) returns void
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
  if session.last_seen_at < now() - interval '1 minute' then
    update device_sessions set last_seen_at = now() where id in (
      select s.id from device_sessions s where s.id = p_session for update skip locked
    );
  end if;
  perform set_config('app.system', 'off', true);
  perform set_config('app.clinic_id', session.clinic_id::text, true);
  perform app.take_application_role();
end
$$;

-- Seals events that have no seal yet into their clinic's hash chain; gives how many. One caller at a time.
create function app.seal_audit_events(p_since interval) returns integer
language plpgsql as $$
declare
  event record;
  head record;
  next_hash bytea;
  sealed integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtext('app.seal_audit_events')) then
    return 0;
  end if;
  for event in
    select e.* from audit_events e
    where (p_since is null or e.at > now() - p_since)
      and not exists (select from audit_seals s where s.clinic_id = e.clinic_id and s.event_id = e.id)
    order by e.clinic_id, e.at, e.id
    limit 5000
  loop
    select s.sequence, s.hash into head from audit_seals s where s.clinic_id = event.clinic_id order by s.sequence desc limit 1;
    next_hash := sha256(coalesce(head.hash, '\x'::bytea) || app.audit_event_bytes(event.clinic_id, event.id));
    insert into audit_seals (clinic_id, sequence, event_id, previous_hash, hash)
      values (event.clinic_id, coalesce(head.sequence, 0) + 1, event.id, coalesce(head.hash, '\x'::bytea), next_hash);
    sealed := sealed + 1;
  end loop;
  return sealed;
end
$$;

-- An event in the one spelling that is hashed.
create function app.audit_event_bytes(p_clinic uuid, p_event uuid) returns bytea
language sql stable
return (
  select convert_to(jsonb_build_array(
    e.clinic_id, e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.session_id, e.action,
    e.record_type, e.record_id, host(e.address), e.request_id
  )::text, 'UTF8')
  from audit_events e where e.clinic_id = p_clinic and e.id = p_event
);

create index audit_events_at_idx on audit_events (at);
