-- The same, of an event by its id; the release before verifies with it.
create or replace function app.audit_event_bytes(p_clinic uuid, p_event uuid) returns bytea
language sql stable
return (select app.audit_bytes(e) from audit_events e where e.clinic_id = p_clinic and e.id = p_event);
