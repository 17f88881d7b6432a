-- The person this transaction runs for, set by app.enter; null in system transactions. For row-level security policies.
create or replace function app.current_professional() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.professional_id', true), '')::uuid;
