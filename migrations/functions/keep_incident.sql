-- Incidents are kept for five years from their registration (Resolução CD/ANPD 15/2024, art. 10).
create or replace function app.keep_incident() returns trigger
language plpgsql as $$
begin
  if old.created_at > now() - interval '5 years' then
    raise exception 'an incident is kept for five years' using errcode = 'insufficient_privilege';
  end if;
  return old;
end
$$;
