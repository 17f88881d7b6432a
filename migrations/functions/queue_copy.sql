-- Adds the job that makes a person's copy to the queue within a request's transaction, so that both are committed or neither. The
-- application role has no rights on the queue. Copies of a clinic are made one after the other.
create or replace function app.queue_copy(p_copy uuid, p_payload json) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if app.current_clinic() is null then
    raise exception 'not a copy of a clinic' using errcode = 'insufficient_privilege';
  end if;
  perform graphile_worker.add_job(
    'make_copy', p_payload, queue_name := 'copy:' || app.current_clinic(), max_attempts := 12, job_key := 'copy:' || p_copy
  );
end
$$;
