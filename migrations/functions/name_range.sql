-- A SQL condition: the whole name begins with what was typed (app.begins_with).
create or replace function app.name_range(p_query text) returns text
language plpgsql immutable parallel safe as $$
declare
  typed text := app.typed_name(p_query);
begin
  return case when typed = '' then 'false' else format('app.begins_with(full_name, %L)', typed) end;
end
$$;
