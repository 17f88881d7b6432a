-- Adds audit events without a seal to their clinic's hash chain, at most 5000, all in one insert. Returns the number sealed. One
-- caller at a time; others get 0.
create or replace function app.seal_audit_events(p_since interval) returns integer
language plpgsql as $$
declare
  event audit_events;
  head record;
  clinics uuid[] := '{}';
  sequences bigint[] := '{}';
  events uuid[] := '{}';
  previous_hashes bytea[] := '{}';
  hashes bytea[] := '{}';
  chained uuid;
  last_sequence bigint;
  last_hash bytea;
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
    if event.clinic_id is distinct from chained then
      chained := event.clinic_id;
      select s.sequence, s.hash into head from audit_seals s where s.clinic_id = chained order by s.sequence desc limit 1;
      last_sequence := coalesce(head.sequence, 0);
      last_hash := coalesce(head.hash, '\x');
    end if;
    clinics := clinics || event.clinic_id;
    sequences := sequences || last_sequence + 1;
    events := events || event.id;
    previous_hashes := previous_hashes || last_hash;
    last_sequence := last_sequence + 1;
    last_hash := sha256(last_hash || app.audit_bytes(event));
    hashes := hashes || last_hash;
  end loop;
  insert into audit_seals (clinic_id, sequence, event_id, previous_hash, hash)
    select * from unnest(clinics, sequences, events, previous_hashes, hashes);
  return cardinality(events);
end
$$;
