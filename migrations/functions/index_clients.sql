-- Adds at most p_limit waiting clients of large imports to the search index, and marks imports whose clients wait no longer.
-- Returns the number added. Two callers at a time, because one fills a core (others get 0); rows locked by somebody else, the other
-- caller too, wait for the next call.
create or replace function app.index_clients(p_limit integer) returns integer
language plpgsql set enable_seqscan = off as $$
declare
  taken integer;
begin
  if not pg_try_advisory_xact_lock(hashtext('app.index_clients'))
    and not pg_try_advisory_xact_lock(hashtext('app.index_clients beside'))
  then
    return 0;
  end if;
  update clients set in_search_index = true
    where ctid = any (array(select ctid from clients where not in_search_index limit p_limit for update skip locked));
  get diagnostics taken = row_count;
  if taken < p_limit then
    -- Sorts in what was written since the last call, so that nobody who writes or searches has to.
    perform gin_clean_pending_list('clients_search_idx'), gin_clean_pending_list('clients_facets_idx');
    update imports i set clients_wait = false
      where clients_wait and not exists (select from clients c where c.clinic_id = i.clinic_id and not c.in_search_index);
  end if;
  return taken;
end
$$;
