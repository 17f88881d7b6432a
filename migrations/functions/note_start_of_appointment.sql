-- Notes when an appointment got its start, and when its time became free. A trigger, so that it holds for whatever moves, cancels
-- or takes back. An appointment that is taken back is booked at that moment.
create or replace function app.note_start_of_appointment() returns trigger
language plpgsql as $$
declare
  was_free boolean := old.status in ('canceled', 'noShow');
  is_free boolean := new.status in ('canceled', 'noShow');
begin
  if new.start_at <> old.start_at or (was_free and not is_free) then
    new.start_set_at := now();
  end if;
  if is_free and not was_free then
    new.freed_at := now();
  elsif not is_free then
    new.freed_at := null;
  end if;
  return new;
end
$$;
