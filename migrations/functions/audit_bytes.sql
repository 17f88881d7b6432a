-- An audit event as the bytes that are hashed for the audit chain. Events that are older than their details keep their hashes.
create or replace function app.audit_bytes(e audit_events) returns bytea
language sql stable
return convert_to(jsonb_build_array(
  e.clinic_id, e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.session_id, e.action,
  e.record_type, e.record_id, host(e.address), e.request_id
)::text || coalesce(e.details::text, ''), 'UTF8');
