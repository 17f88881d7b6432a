-- Counts all clients anew, for when rows were written without triggers. Nobody can change clients meanwhile.
create or replace function app.recount_clients() returns void
language plpgsql as $$
begin
  lock table clients in share row exclusive mode;
  perform pg_advisory_xact_lock(hashtext('app.fold_client_counts'));
  delete from client_count_changes;
  delete from client_counts;
  insert into client_counts (clinic_id, facet, archived, professional_id, clients)
    select c.clinic_id, f.facet, c.archived_at is not null, c.professional_id, count(*)
    from clients c, unnest(c.facets || array['', 'written:' || c.city]) as f (facet)
    where f.facet is not null
    group by 1, 2, 3, 4;
end
$$;
