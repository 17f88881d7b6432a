-- The number of a clinic's clients with a facet (empty: all), of one professional if given, from the kept counts.
create or replace function app.sum_kept_counts(p_clinic uuid, p_facet text, p_archived boolean, p_professional uuid) returns bigint
language plpgsql stable as $$
begin
  return (
    select coalesce(sum(clients), 0) from (
      select clients from client_counts
        where clinic_id = p_clinic and facet = p_facet and archived = p_archived
          and (p_professional is null or professional_id = p_professional)
      union all
      select change from client_count_changes
        where clinic_id = p_clinic and facet = p_facet and archived = p_archived
          and (p_professional is null or professional_id = p_professional)
    ) as kept
  );
end
$$;
