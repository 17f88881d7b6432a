-- Whose list it is, as SQL conditions: of which clinic, active or archived, and of one professional if so asked.
create or replace function app.listed_conditions(p_conditions jsonb) returns text
language plpgsql stable as $$
begin
  return format(
    'clinic_id = %L and archived_at is %s %s',
    app.current_clinic(),
    case when p_conditions ->> 'status' = 'archived' then 'not null' else 'null' end,
    case when p_conditions ? 'professionalId' then format('and professional_id = %L', p_conditions ->> 'professionalId') end
  );
end
$$;
