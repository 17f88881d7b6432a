-- The place of an appointment in its package of sessions, by time, and the package's total: 6 of 10. No row when it takes none.
create or replace function app.session_place(p_clinic uuid, p_package uuid, p_appointment uuid)
returns table (number integer, total integer)
language sql stable
begin atomic
  select ranked.number, ranked.total
  from (
    select a.id, p.total, (row_number() over (order by a.start_at, a.id))::integer as number
    from public.session_packages p
    join public.appointments a on a.clinic_id = p.clinic_id and a.package_id = p.id and a.deleted_at is null
      and app.uses_session(
        a.status, a.cancel_asked_by, a.freed_at, a.start_at, p.counts_late_cancel, p.counts_no_show, p.late_hours
      ) is not null
    where p.clinic_id = p_clinic and p.id = p_package
  ) as ranked
  where ranked.id = p_appointment;
end;
