-- The trail: what exactly an event changed, a role that reads nothing else, and pages of it by any filter.

-- Identifiers, codes, and old and new values of rights and settings.
alter table audit_events add column details jsonb;

alter table professionals drop constraint professionals_role_check;
alter table professionals add constraint professionals_role_check
  check (role in ('administrator', 'professional', 'reception', 'auditor'));

-- One index for each set of filters, in the order of the pages: with a limit the planner would otherwise walk the whole trail
-- for somebody who did little.
create index audit_events_by_time on audit_events (clinic_id, at desc, id desc);
create index audit_events_by_actor on audit_events (clinic_id, actor_id, at desc, id desc) where actor_id is not null;
create index audit_events_by_action on audit_events (clinic_id, action, at desc, id desc);
create index audit_events_by_type on audit_events (clinic_id, record_type, at desc, id desc) where record_type is not null;
create index audit_events_by_record on audit_events (clinic_id, record_id, at desc, id desc) where record_id is not null;
create index audit_events_by_actor_action on audit_events (clinic_id, actor_id, action, at desc, id desc)
  where actor_id is not null;
create index audit_events_by_actor_type on audit_events (clinic_id, actor_id, record_type, at desc, id desc)
  where actor_id is not null and record_type is not null;
