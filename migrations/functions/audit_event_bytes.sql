-- An audit event as the bytes that are hashed for the audit chain.
create or replace function app.audit_event_bytes(p_clinic uuid, p_event uuid) returns bytea
language sql stable
return (
  select convert_to(jsonb_build_array(
    e.clinic_id, e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.session_id, e.action,
    e.record_type, e.record_id, host(e.address), e.request_id
  )::text, 'UTF8')
  from audit_events e where e.clinic_id = p_clinic and e.id = p_event
);
