-- The role of that person: administrator, professional, reception or auditor; null in system transactions.
create or replace function app.current_professional_role() returns text
language sql stable parallel safe
return nullif(current_setting('app.professional_role', true), '');
