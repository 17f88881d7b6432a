-- Adds at most p_limit waiting clients of large imports to the search index, and marks imports whose clients wait no longer.
-- Returns the number added. One caller at a time (others get 0); rows locked by somebody else wait for the next call.
create or replace function app.index_clients(p_limit integer) returns integer
language plpgsql as $$
declare
  taken integer;
begin
  if not pg_try_advisory_xact_lock(hashtext('app.index_clients')) then
    return 0;
  end if;
  update clients c set in_search_index = true
    from (select w.clinic_id, w.id from clients w where not w.in_search_index limit p_limit for update skip locked) as waiting
    where c.clinic_id = waiting.clinic_id and c.id = waiting.id;
  get diagnostics taken = row_count;
  if taken < p_limit then
    update imports i set clients_wait = false
      where clients_wait and not exists (select from clients c where c.clinic_id = i.clinic_id and not c.in_search_index);
  end if;
  return taken;
end
$$;
