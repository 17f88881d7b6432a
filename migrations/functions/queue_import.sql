-- The queue belongs to the login, not to the role that requests run as: this is the one way to it from within a request's
-- transaction, so that an import and its job are there together or not at all. Imports of a clinic run one after the other.
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
