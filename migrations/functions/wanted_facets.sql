-- The facets that every client of a filtered list has. A tag may be asked for in any spelling: clients have the clinic's.
create or replace function app.wanted_facets(p_conditions jsonb) returns text[]
language plpgsql stable as $$
declare
  tag text := p_conditions ->> 'tag';
begin
  if tag is not null then
    tag := coalesce(
      (select name from clinic_tags where clinic_id = app.current_clinic() and key = app.tag_key(tag)), tag
    );
  end if;
  return array_remove(array[
    'tag:' || tag,
    'city:' || app.fold(p_conditions ->> 'city'), 'state:' || (p_conditions ->> 'state'), 'month:' || (p_conditions ->> 'birthMonth')
  ], null);
end
$$;
