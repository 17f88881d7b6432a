-- A SQL condition for a search whose words name a city or a tag of the clinic, alone or among other words: “maria olinda”,
-- “diabetes”; a city also with its state: “são paulo sp”, “São Paulo/SP”. Null where no words do. One that many have tells nobody
-- apart, so among other words it is not looked at. Planned once a connection: planning takes longer than looking.
create or replace function app.facet_condition(p_query text, p_archived boolean) returns text
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
declare
  words text[];
  place integer := 1;
  taken integer;
  named text;
  conditions text[] := '{}';
  others text := '';
begin
  -- Numbers name neither, and nobody types more words than eight to find a client.
  if app.has_no_letters(p_query) then
    return null;
  end if;
  words := string_to_array(app.tag_key(regexp_replace(p_query, '\s*[/,]\s*(?=[[:alpha:]]{2}\s*$)', ' ')), ' ');
  if cardinality(words) > 8 then
    return null;
  end if;
  while place <= cardinality(words) loop
    select run.size, string_agg(format('facets @> %L::text[]', candidate.facets), ' or ') into taken, named
      from generate_series(1, cardinality(words) - place + 1) as run (size)
      cross join lateral array_to_string(words[place:place + run.size - 1], ' ') as typed
      cross join lateral (
        select array['city:' || typed] as facets
        union all
        select array['city:' || left(typed, -3), 'state:' || upper(right(typed, 2))] where typed ~ '. [a-z]{2}$'
        union all
        select array['tag:' || name] from clinic_tags where clinic_id = app.current_clinic() and key = typed
      ) as candidate
      cross join lateral (
        select min(app.count_kept_clients(facet, p_archived, null)) as rarest from unnest(candidate.facets) as facet
      ) as clients
      where clients.rarest > 0 and (clients.rarest <= 1000 or run.size = cardinality(words))
      group by run.size order by run.size desc limit 1;
    if found then
      conditions := conditions || format('(%s)', named);
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
