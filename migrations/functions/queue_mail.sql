-- Adds a job that mails somebody of the clinic to the queue within a request's transaction, so that both are committed or neither.
-- The application role has no rights on the queue. Each kind of mail has one queue, so that a slow mail server occupies one place.
create or replace function app.queue_mail(p_task text, p_payload json) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  clinic uuid := app.current_clinic();
  queue text := case p_task
    when 'send_emergency_notice' then 'emergencies'
    when 'send_invitation' then 'invitations'
  end;
  is_ours boolean := case p_task
    when 'send_emergency_notice' then exists (
      select from public.emergency_accesses where clinic_id = clinic and id = (p_payload ->> 'accessId')::uuid
    )
    when 'send_invitation' then exists (
      select from public.professionals where clinic_id = clinic and id = (p_payload ->> 'professionalId')::uuid
    )
    else false
  end;
begin
  if not is_ours then
    raise exception 'not a mail of the clinic' using errcode = 'insufficient_privilege';
  end if;
  perform graphile_worker.add_job(p_task, p_payload, queue_name := queue, max_attempts := 12);
end
$$;
