-- Numbers the uses of a person's sessions: shows which one was used longest ago, even when the clock is set back.
create or replace function app.number_use() returns trigger
language plpgsql as $$
begin
  new.use_order := 1 + coalesce((
    select max(s.use_order) from device_sessions s
    where s.clinic_id = new.clinic_id and s.professional_id = new.professional_id
  ), 0);
  return new;
end
$$;
