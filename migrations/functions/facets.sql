-- What a list of clients can be filtered by, each as one text: tag:vip, city:sao paulo, state:SP, month:3.
create or replace function app.facets(tags text[], city text, state text, date_of_birth date) returns text[]
language sql immutable parallel safe
begin atomic
  select array_remove(
    array(select 'tag:' || tag from unnest(tags) as tag)
    || ('city:' || app.fold(city)) || ('state:' || state) || ('month:' || extract(month from date_of_birth)::integer),
    null
  );
end;
