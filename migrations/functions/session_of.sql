-- The place of an appointment in its package of sessions, by time, and the package's total, for `{packageId, number, total}`: 6 of
-- 10. Null when it takes none. Its own values are passed, because a statement does not see the rows that it writes.
create or replace function app.session_of(
  p_clinic uuid, p_package uuid, p_appointment uuid, p_start_at timestamptz, p_status text, p_asked_by text,
  p_freed_at timestamptz
) returns jsonb
language sql stable
begin atomic
  select jsonb_build_object('packageId', p.id, 'total', p.total, 'number', 1 + (
    select count(*) from public.appointments a
    where a.clinic_id = p_clinic and a.package_id = p_package and a.deleted_at is null
      and (a.start_at, a.id) < (p_start_at, p_appointment)
      and app.uses_session(
        a.status, a.cancel_asked_by, a.freed_at, a.start_at, p.counts_late_cancel, p.counts_no_show, p.late_hours
      ) is not null
  ))
  from public.session_packages p
  where p.clinic_id = p_clinic and p.id = p_package
    and app.uses_session(
      p_status, p_asked_by, p_freed_at, p_start_at, p.counts_late_cancel, p.counts_no_show, p.late_hours
    ) is not null;
end;
