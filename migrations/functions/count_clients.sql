-- The number of matching clients, at most p_limit. Of a list of one owner or all that at most one filter narrows, it is kept; and a
-- page of a search may have counted them in the same statement.
create or replace function app.count_clients(p_query text, p_near boolean, p_conditions jsonb, p_limit integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  facets text[] := app.wanted_facets(p_conditions);
  counted integer;
  alone jsonb := p_conditions - '{owners,clients}'::text[];
  owner text;
begin
  if p_conditions ? 'owners' then
    -- Named clients of nobody among the owners.
    select count(*) into counted from app.search_lent_clients(
      p_query, p_near, p_conditions || '{"sort": "none", "owners": []}', null, null, p_limit
    ) as named join clients c on c.clinic_id = app.current_clinic() and c.id = named.id
      where not p_conditions -> 'owners' ? c.professional_id::text;
    for owner in select jsonb_array_elements_text(p_conditions -> 'owners') loop
      counted := counted
        + app.count_clients(p_query, p_near, alone || jsonb_build_object('professionalId', owner), p_limit);
    end loop;
    return least(p_limit, counted);
  end if;
  if p_query = '' and not p_near and cardinality(facets) < 2 then
    return least(p_limit, app.count_kept_clients(
      coalesce(facets[1], ''), coalesce(p_conditions ->> 'status' = 'archived', false), (p_conditions ->> 'professionalId')::uuid
    ));
  end if;
  counted := app.recall_answer('search_clients', app.question_of_search(p_query, p_near, p_conditions));
  -- A page may have counted no further than that.
  if counted < app.count_limit() or counted is not null and p_limit <= app.count_limit() then
    return least(p_limit, counted);
  end if;
  select count(*) into counted
    from app.search_clients(p_query, p_near, p_conditions || '{"sort": "none"}', null, null, p_limit);
  return counted;
end
$$;
