-- Adds an import's job to the queue within a request's transaction, so that both are committed or neither. The application role
-- has no rights on the queue; this function is its only access. Imports of a clinic run one after the other.
create or replace function app.queue_import(p_task text, p_payload json) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_task not in ('run_import', 'undo_import') or app.current_clinic() is null then
    raise exception 'not a job of an import' using errcode = 'insufficient_privilege';
  end if;
  perform graphile_worker.add_job(
    p_task, p_payload, queue_name := 'import:' || app.current_clinic(), max_attempts := 12,
    job_key := p_task || ':' || (p_payload ->> 'importId')
  );
end
$$;
