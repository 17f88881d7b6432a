-- Charges rate limits of the transaction's clinic (see app.charge_limits). If the transaction is rolled back, nothing is
-- charged.
create or replace function app.charge_clinic_limits(p_limits jsonb) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app.current_clinic() is null then
    raise exception 'no clinic' using errcode = 'insufficient_privilege';
  end if;
  return app.charge_limits(p_limits);
end
$$;
