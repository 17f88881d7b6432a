-- Whether a limit's window has ended. One that ends later than a window begun now was begun before the clock stepped back: it
-- is over, with a minute for the clocks of several servers.
create or replace function app.window_is_over(p_expires_at timestamptz, p_seconds integer) returns boolean
language sql volatile
return p_expires_at not between clock_timestamp() and clock_timestamp() + make_interval(secs => p_seconds + 60);
