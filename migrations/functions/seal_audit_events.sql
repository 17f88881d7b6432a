-- Adds audit events without a seal to their clinic's hash chain, at most 5000. Returns the number sealed. One caller at a time;
-- others get 0.
create or replace function app.seal_audit_events(p_since interval) returns integer
language plpgsql as $$
declare
  event audit_events;
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
    next_hash := sha256(coalesce(head.hash, '\x'::bytea) || app.audit_bytes(event));
    insert into audit_seals (clinic_id, sequence, event_id, previous_hash, hash)
      values (event.clinic_id, coalesce(head.sequence, 0) + 1, event.id, coalesce(head.hash, '\x'::bytea), next_hash);
    sealed := sealed + 1;
  end loop;
  return sealed;
end
$$;
