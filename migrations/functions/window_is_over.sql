-- Whether the window of a rate limit has ended. If it ends later than one that begins now, the clock was set back since: it is
-- over, too. One minute is allowed for differences between servers' clocks.
create or replace function app.window_is_over(p_expires_at timestamptz, p_seconds integer) returns boolean
language sql volatile
return p_expires_at not between clock_timestamp() and clock_timestamp() + make_interval(secs => p_seconds + 60);
