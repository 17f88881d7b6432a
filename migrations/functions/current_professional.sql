-- Who this transaction runs for, set by app.enter; null for the system's own. For policies that ask for the person.
create or replace function app.current_professional() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.professional_id', true), '')::uuid;
