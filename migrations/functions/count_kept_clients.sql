-- The number of clients of the transaction's clinic with a facet (empty: all), of one professional if given.
create or replace function app.count_kept_clients(p_facet text, p_archived boolean, p_professional uuid) returns bigint
language plpgsql stable as $$
begin
  return (
    select coalesce(sum(clients), 0) from (
      select clients from client_counts
        where clinic_id = app.current_clinic() and facet = p_facet and archived = p_archived
          and (p_professional is null or professional_id = p_professional)
      union all
      select change from client_count_changes
        where clinic_id = app.current_clinic() and facet = p_facet and archived = p_archived
          and (p_professional is null or professional_id = p_professional)
    ) as kept
  );
end
$$;
