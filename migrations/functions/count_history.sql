-- The number of versions that app.client_history lists, at most p_limit.
create or replace function app.count_history(p_client uuid, p_limit integer) returns integer
language sql stable
begin atomic
  select count(*)::integer from (
    select from public.client_versions v
      where v.clinic_id = app.current_clinic() and v.client_id = any (array(select app.records_of(p_client)))
    union all
    select from public.clients c
      where c.clinic_id = app.current_clinic() and c.id = any (array(select app.records_of(p_client))) and c.import_id is not null
    limit p_limit
  ) as counted;
end;
