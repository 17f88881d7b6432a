-- Whether an appointment takes a place in its package of sessions, by the rules of the package: `to come` as long as it is
-- expected, `used` when it took place or counts although it did not; null when it takes none.
create or replace function app.uses_session(
  p_status text, p_asked_by text, p_freed_at timestamptz, p_start_at timestamptz,
  p_counts_late_cancel boolean, p_counts_no_show boolean, p_late_hours integer
) returns text
language sql immutable
begin atomic
  select case
    when p_status = 'done' then 'used'
    when p_status = 'noShow' then case when p_counts_no_show then 'used' end
    when p_status = 'canceled' then case
      when p_counts_late_cancel and coalesce(p_asked_by, 'client') = 'client'
        and p_freed_at > p_start_at - make_interval(hours => p_late_hours) then 'used'
      end
    else 'to come'
  end;
end;
