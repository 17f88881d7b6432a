-- Whether a superuser of the host has an entry into the clinic that is open now.
create or replace function app.has_host_entry(p_clinic uuid, p_professional uuid) returns boolean
language sql stable
return exists (
  select from host_entries e
  where e.clinic_id = p_clinic and e.professional_id = p_professional and e.ended_at is null
    and now() >= e.started_at and now() < e.ends_at
);
