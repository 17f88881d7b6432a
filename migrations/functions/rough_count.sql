-- The number of active clients of the transaction's clinic, of one professional if given, without changes that are not yet added to
-- the kept counts: good enough to choose how to search, whatever was written in the last second.
create or replace function app.rough_count(p_professional uuid) returns bigint
language plpgsql stable as $$
begin
  return (
    select coalesce(sum(clients), 0) from client_counts
      where clinic_id = app.current_clinic() and facet = '' and not archived
        and (p_professional is null or professional_id = p_professional)
  );
end
$$;
