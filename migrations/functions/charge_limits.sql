-- Charges one point to every rate limit of [{"key", "points", "seconds"}], or to none when one of them is used up. Returns the
-- seconds to wait, 0 when all were charged. Callers have to pass limits in a fixed order to avoid deadlocks.
create or replace function app.charge_limits(p_limits jsonb) returns integer
language plpgsql as $$
declare
  item record;
  used record;
  wait integer := 0;
begin
  begin
    for item in select * from jsonb_to_recordset(p_limits) as l (key text, points integer, seconds integer) loop
      insert into rate_limits as r (key, points, expires_at)
        values (item.key, 1, clock_timestamp() + make_interval(secs => item.seconds))
        on conflict (key) do update set
          points = case when app.window_is_over(r.expires_at, item.seconds) then 1 else r.points + 1 end,
          expires_at = case
            when app.window_is_over(r.expires_at, item.seconds) then excluded.expires_at else r.expires_at
          end
        returning r.points, r.expires_at into used;
      if used.points > item.points then
        wait := greatest(wait, 1, ceil(extract(epoch from used.expires_at - clock_timestamp()))::integer);
      end if;
    end loop;
    if wait > 0 then
      raise exception 'limit reached' using errcode = 'AC429';
    end if;
  exception when sqlstate 'AC429' then
    return wait;
  end;
  return 0;
end
$$;
