-- The first statement of a request's transaction: checks the session, sets clinic, person and role for the policies, and
-- switches to the application role, all until the transaction ends. p_role is the standing that the caller takes the person to
-- have (app.standing_of) as JSON, or from releases before that their role. Raises AC401 (session_ended, the reason as detail) or
-- AC409 (role_changed, the current standing or role as detail). A release that does not know auditors, or people whose role
-- treats clients but who have no clinical access, would let them do what it asks of nobody else, so they get in only where the
-- caller has said that it knows them. Nobody gets into a clinic that is suspended, and the host's superusers only while an entry
-- of theirs is open.
create or replace function app.enter(p_session uuid, p_role text) returns void
language plpgsql as $$
declare
  session record;
  standing jsonb;
begin
  perform set_config('app.system', 'on', true);
  select s.clinic_id, s.professional_id, s.ended_at, s.end_reason, s.ended_by_kind, s.last_seen_at, p.role, p.clinical_denied,
      p.deactivated_at, p.is_superuser, (select c.suspended_at from clinics c where c.id = s.clinic_id) as suspended_at
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
  if session.suspended_at is not null or (session.is_superuser and not app.has_host_entry(session.clinic_id, session.professional_id)) then
    raise exception 'session_ended' using errcode = 'AC401', detail = json_build_object(
      'reason', case when session.suspended_at is null then 'entry_over' else 'clinic_suspended' end,
      'endedAt', session.suspended_at, 'endedBy', null
    )::text;
  end if;
  if session.role = 'auditor' and current_setting('app.knows_auditors', true) is distinct from 'on' then
    raise exception 'session_ended' using errcode = 'AC401', detail = '{"reason": null, "endedAt": null, "endedBy": null}';
  end if;
  if left(p_role, 1) = '{' then
    standing := app.standing_of(session.clinic_id, session.professional_id, session.role, session.clinical_denied);
    if standing <> p_role::jsonb then
      raise exception 'role_changed' using errcode = 'AC409', detail = standing::text;
    end if;
  elsif session.clinical_denied and session.role in ('administrator', 'professional') then
    raise exception 'session_ended' using errcode = 'AC401', detail = '{"reason": null, "endedAt": null, "endedBy": null}';
  elsif session.role <> p_role then
    raise exception 'role_changed' using errcode = 'AC409', detail = session.role;
  end if;
  -- Updated at most once a minute. A last use in the future was written before the clock was set back.
  -- A standby takes no changes: whoever reads there was seen at the primary before.
  if session.last_seen_at not between now() - interval '1 minute' and now() + interval '1 minute'
    and not pg_is_in_recovery()
  then
    update device_sessions set last_seen_at = now() where id in (
      select s.id from device_sessions s where s.id = p_session for update skip locked
    );
  end if;
  perform
    set_config('app.system', 'off', true),
    set_config('app.clinic_id', session.clinic_id::text, true),
    set_config('app.professional_id', session.professional_id::text, true),
    set_config('app.professional_role', session.role, true);
  perform app.take_application_role();
end
$$;
