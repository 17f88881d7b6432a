-- Adds at most p_limit noted changes to the kept counts. Returns the number of changes. One caller at a time (others get 0).
create or replace function app.fold_client_counts(p_limit integer) returns integer
language plpgsql as $$
declare
  folded integer;
  emptied tid[];
begin
  if not pg_try_advisory_xact_lock(hashtext('app.fold_client_counts')) then
    return 0;
  end if;
  -- In one statement: whoever reads meanwhile finds a change either here or there.
  with gone as (
    delete from client_count_changes where ctid = any (array(select ctid from client_count_changes limit p_limit))
      returning clinic_id, facet, archived, professional_id, change
  ), kept as (
    insert into client_counts as k (clinic_id, facet, archived, professional_id, clients)
      select clinic_id, facet, archived, professional_id, sum(change) from gone group by 1, 2, 3, 4 having sum(change) <> 0
      on conflict (clinic_id, facet, archived, professional_id) do update set clients = k.clients + excluded.clients
      returning ctid, clients
  )
  select (select count(*) from gone), array(select ctid from kept where clients = 0) into folded, emptied;
  if emptied <> '{}' then
    delete from client_counts where ctid = any (emptied);
  end if;
  return folded;
end
$$;
