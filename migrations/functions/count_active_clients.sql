-- The number of a clinic's clients that are not archived, from the kept counts. Under the policies of its caller.
create or replace function app.count_active_clients(p_clinic uuid) returns bigint
language sql stable
return (
  select coalesce(sum(kept.clients), 0)::bigint from (
    select clients from client_counts where clinic_id = p_clinic and facet = '' and not archived
    union all
    select change from client_count_changes where clinic_id = p_clinic and facet = '' and not archived
  ) as kept (clients)
);
