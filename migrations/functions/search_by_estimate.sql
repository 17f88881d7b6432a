-- The ids of matching clients in the order of the list, after a cursor, of a search that app.find_by_patterns does not answer: what the
-- planner expects decides whether to gather or to walk. p_patterns are those of a search with too many matches for it (null: any
-- other), p_begun the clients that begin the page (null: not looked for), p_limit how many it lacks. For functions that belong to the
-- tables' owner.
create or replace function app.search_by_estimate(
  p_query text, p_near boolean, p_conditions jsonb, p_patterns text[], p_begun uuid[], p_waiting boolean,
  p_after_key text, p_after_id uuid, p_limit integer
) returns table (id uuid)
language plpgsql volatile rows 50 set search_path = public, pg_temp as $$
declare
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  asked jsonb := p_conditions || jsonb_build_object('query', p_query, 'near', p_near);
  facets text[] := app.wanted_facets(p_conditions);
  filters text := case when facets = '{}' then '' else format(' and facets @> %L', facets) end;
  conditions text := case
    when p_patterns is null then app.client_conditions(p_query, p_near, p_conditions) else ' and ' || app.like_all(p_patterns)
  end;
  listed text := app.select_listed(asked, p_after_key, p_after_id);
  expected numeric;
  many boolean := p_patterns is not null;
  tiers text[] := case when sort in ('match', 'none') then app.match_tiers(p_query, p_near) else '{}' end;
  -- The tier of the last client of the page before.
  reached integer := case when tiers <> '{}' and p_after_id is not null then left(p_after_key, 1)::integer else 1 end;
  begun uuid[] := '{}';
  matching text;
  indexed text;
begin
  if conditions is null then
    return;
  end if;
  if not many and sort in ('name', 'match', 'none') then
    expected := app.expected_matches(p_query, p_near, p_conditions, listed || conditions || ' and in_search_index');
    many := expected > app.most_gathered();
  end if;
  if tiers <> '{}' and (p_waiting or many) then
    if reached = 1 and p_begun is null then
      begun := app.search_beginnings(
        tiers[1], conditions, p_conditions, substr(p_after_key, 2), p_after_id, p_waiting, p_limit
      );
      return query select unnest(begun);
      if cardinality(begun) = p_limit then
        return;
      end if;
      listed := app.select_listed(asked, null, null);
    end if;
    conditions := conditions || format(' and not (%s)', tiers[1]);
  end if;
  if sort in ('name', 'match') and many and not p_waiting then
    if tiers = '{}' then
      return query select unnest(app.page_by_name(listed || ' and in_search_index', conditions, p_limit));
    else
      return query select t.id from app.search_tiers(
        tiers, conditions, filters, p_conditions, reached, p_after_key, p_after_id, p_limit - cardinality(begun)
      ) as t;
    end if;
    return;
  end if;
  if sort = 'none' and p_patterns is not null then
    -- So many are reached sooner by name than by id (app.sort_matches), if the matches are spread.
    begun := app.walk_by_name(listed || ' and in_search_index', conditions, 30 * p_limit, p_limit);
    if cardinality(begun) = p_limit then
      return query select unnest(begun);
      return;
    end if;
    begun := '{}';
  end if;
  matching := listed || conditions;
  indexed := matching || ' and in_search_index';
  if sort in ('name', 'match') and expected <= 5000 then
    -- Gathered and sorted, whatever the planner expects of walking an index (app.page_by_name).
    indexed := indexed || ' offset 0';
  end if;
  if p_waiting then
    matching := format('(%s) union all (%s and not in_search_index)', indexed, matching);
  else
    matching := indexed;
  end if;
  return query select m.id from app.sort_matches(
    matching, p_query, p_near, p_conditions, begun, sort in ('name', 'match') and expected <= 5000 and p_after_id is null, p_limit
  ) as m;
end
$$;
