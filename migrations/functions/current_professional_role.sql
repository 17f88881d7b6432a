-- Their role: administrator, professional or reception. Null for the system's own.
create or replace function app.current_professional_role() returns text
language sql stable parallel safe
return nullif(current_setting('app.professional_role', true), '');
