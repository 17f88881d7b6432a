-- The ids of a client and of all records merged into it, directly or through another.
create or replace function app.records_of(p_client uuid) returns setof uuid
language sql stable
begin atomic
  with recursive records (id) as (
    select p_client
    union
    select c.id from records r join public.clients c on c.merged_into = r.id
    where c.clinic_id = app.current_clinic() and c.archived_at is not null
  )
  select id from records;
end;
