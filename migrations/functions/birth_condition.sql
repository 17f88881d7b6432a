-- A SQL condition for a search that is a birth date (31/12/1980, 31/12/80, 1980-12-31) or a birthday (31/12); null for any other.
create or replace function app.birth_condition(p_query text) returns text
language plpgsql immutable parallel safe as $$
declare
  parts text[] := coalesce(
    regexp_match(p_query, '^\s*(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\s*$'),
    (select array[iso[3], iso[2], iso[1]] from regexp_match(p_query, '^\s*(\d{4})-(\d{2})-(\d{2})\s*$') as iso where iso is not null)
  );
begin
  if parts is null or parts[1]::integer not between 1 and 31 or parts[2]::integer not between 1 and 12 then
    return null;
  end if;
  return format('facets @> %L::text[] and extract(day from date_of_birth) = %s', array['month:' || parts[2]::integer], parts[1]::integer)
    || case length(parts[3])
      when 4 then format(' and extract(year from date_of_birth) = %s', parts[3]::integer)
      when 2 then format(' and extract(year from date_of_birth)::integer %% 100 = %s', parts[3]::integer)
      else ''
    end;
end
$$;
