-- A SQL condition for a search whose words name a city or a tag of the clinic, alone or among other words: “maria olinda”,
-- “diabetes”. Null where no words do. One that many have tells nobody apart, so among other words it is not looked at. Planned once
-- a connection: planning takes longer than looking.
create or replace function app.facet_condition(p_query text, p_archived boolean) returns text
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
declare
  words text[];
  place integer := 1;
  taken integer;
  named text[];
  conditions text[] := '{}';
  others text := '';
begin
  -- Numbers name neither, and nobody types more words than six to find a client.
  if app.has_no_letters(p_query) then
    return null;
  end if;
  words := string_to_array(app.tag_key(p_query), ' ');
  if cardinality(words) > 6 then
    return null;
  end if;
  while place <= cardinality(words) loop
    select run.size, array_agg(candidate.facet) into taken, named
      from generate_series(1, least(4, cardinality(words) - place + 1)) as run (size)
      cross join lateral array_to_string(words[place:place + run.size - 1], ' ') as typed
      cross join lateral (
        select 'city:' || typed as facet
        union all
        select 'tag:' || name from clinic_tags where clinic_id = app.current_clinic() and key = typed
      ) as candidate
      cross join lateral app.count_kept_clients(candidate.facet, p_archived, null) as clients
      where clients > 0 and (clients <= 1000 or run.size = cardinality(words))
      group by run.size order by run.size desc limit 1;
    if found then
      conditions := conditions || format('facets && %L::text[]', named);
    else
      others := others || ' ' || words[place];
      taken := 1;
    end if;
    place := place + taken;
  end loop;
  if conditions = '{}' then
    return null;
  end if;
  if others <> '' then
    conditions := conditions || app.like_all(app.search_patterns(others));
  end if;
  return array_to_string(conditions, ' and ');
end
$$;
