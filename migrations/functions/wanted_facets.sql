-- The facets that every client of a filtered list has.
create or replace function app.wanted_facets(p_conditions jsonb) returns text[]
language sql immutable parallel safe
begin atomic
  select array_remove(array[
    'tag:' || (p_conditions ->> 'tag'), 'city:' || app.fold(p_conditions ->> 'city'), 'state:' || (p_conditions ->> 'state'),
    'month:' || (p_conditions ->> 'birthMonth')
  ], null);
end;
