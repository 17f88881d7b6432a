-- A SQL condition: the whole name begins with what was typed, in whichever accents and case. In the order of names these people
-- stand together, first those whose whole name it is, then those whose first name it is. U+FFFF comes after every letter (UTS 35).
create or replace function app.name_range(p_query text) returns text
language plpgsql immutable parallel safe as $$
declare
  typed text := app.typed_name(p_query);
begin
  if typed = '' then
    return 'false';
  end if;
  return format(
    'full_name >= %L collate "pt-BR-x-icu" and full_name < %L collate "pt-BR-x-icu"', typed, typed || U&'\FFFF'
  );
end
$$;
