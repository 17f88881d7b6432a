-- The clinic of this transaction, set by app.enter.
create or replace function app.current_clinic() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.clinic_id', true), '')::uuid;
