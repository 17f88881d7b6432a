-- The ids of matching clients in the order of the list, after a cursor; with p_near those that nearly match. Runs as the owner
-- of the tables, because under row-level security `like` uses no index, and so has the clinic condition itself.
create or replace function app.search_clients(
  p_query text,
  p_near boolean,
  p_conditions jsonb,
  p_after_key text,
  p_after_id uuid,
  p_limit integer
) returns table (id uuid)
language plpgsql volatile rows 50 security definer set search_path = public, pg_temp as $$
declare
  facets text[] := app.wanted_facets(p_conditions);
  filters text;
  conditions text;
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  in_tiers boolean := sort in ('match', 'none');
  -- Of a search that nothing else decides.
  patterns text[];
  tiers text[] := '{}';
  -- The tier of the last client of the page before.
  reached integer := 1;
  asked jsonb := p_conditions || jsonb_build_object('query', p_query, 'near', p_near);
  listed text;
  matching text;
  indexed text;
  expected numeric;
  many boolean;
  is_whole boolean;
  page uuid[];
  rest uuid[];
  counted bigint;
  -- For counting up to a limit: ids are independent of names, so frequent matches are found soon in their order.
  ordered text := coalesce(app.list_order(sort), 'order by id');
  waiting boolean;
begin
  if app.current_clinic() is null then
    return;
  end if;
  if p_conditions ? 'owners' then
    return query select l.id from app.search_lent_clients(p_query, p_near, p_conditions, p_after_key, p_after_id, p_limit) as l;
    return;
  end if;
  if p_query = '' and not p_near then
    if facets = '{}' then
      return query select l.id from app.list_clients(p_conditions, p_after_key, p_after_id, p_limit) as l;
    else
      return query select l.id from app.list_filtered_clients(facets, p_conditions, p_after_key, p_after_id, p_limit) as l;
    end if;
    return;
  end if;
  waiting := exists (select from imports where clinic_id = app.current_clinic() and clients_wait);
  if (in_tiers or sort = 'name') and not waiting then
    patterns := app.plain_patterns(p_query, p_near, p_conditions);
  end if;
  if patterns is not null then
    select f.ids, f.whole_page, f.total into page, is_whole, counted
      from app.find_by_patterns(p_query, patterns, p_conditions, p_after_key, p_after_id, p_limit) as f;
    if counted is not null then
      perform app.keep_answer('search_clients', app.question_of_search(p_query, p_near, p_conditions), to_jsonb(counted));
    end if;
    return query select unnest(page);
    if is_whole then
      return;
    end if;
  end if;
  filters := case when facets = '{}' then '' else format(' and facets @> %L', facets) end;
  conditions := case
    when patterns is null then app.client_conditions(p_query, p_near, p_conditions) else ' and ' || app.like_all(patterns)
  end;
  if conditions is null then
    return;
  end if;
  listed := app.select_listed(asked, p_after_key, p_after_id);
  if patterns is null and (in_tiers or sort = 'name') then
    expected := app.expected_matches(p_query, p_near, p_conditions, listed || conditions || ' and in_search_index');
  end if;
  many := patterns is not null or expected > app.most_gathered();
  if in_tiers then
    tiers := app.match_tiers(p_query, p_near);
  end if;
  if tiers <> '{}' and (waiting or many) then
    if p_after_id is not null then
      reached := left(p_after_key, 1)::integer;
    end if;
    if reached = 1 and page is null then
      page := app.search_beginnings(
        tiers[1], conditions, p_conditions, substr(p_after_key, 2), p_after_id, waiting, p_limit
      );
      return query select unnest(page);
      if cardinality(page) = p_limit then
        return;
      end if;
      listed := app.select_listed(asked, null, null);
    end if;
    conditions := conditions || format(' and not (%s)', tiers[1]);
  end if;
  page := coalesce(page, '{}');
  if sort in ('name', 'match') and many and not waiting then
    if tiers = '{}' then
      return query select unnest(app.page_by_name(listed || ' and in_search_index', conditions, p_limit));
    else
      return query select t.id from app.search_tiers(
        tiers, conditions, filters, p_conditions, reached, p_after_key, p_after_id, p_limit - cardinality(page)
      ) as t;
    end if;
    return;
  end if;
  matching := listed || conditions;
  indexed := matching || ' and in_search_index';
  -- Few are gathered and sorted, whatever the planner expects of walking an index (app.page_by_name).
  if sort in ('name', 'match') and expected <= 5000 then
    indexed := indexed || ' offset 0';
  end if;
  if waiting then
    matching := format('(%s) union all (%s and not in_search_index)', indexed, matching);
  else
    matching := indexed;
  end if;
  if sort in ('name', 'match') and expected <= 5000 and p_after_id is null then
    -- All are gathered, so they are counted at the same time (app.count_clients), after those that were found by themselves.
    execute format(
      'with matching as materialized (select id, full_name %s from (%s) as found)
        select array(select id from matching %s limit %s), (select count(*) from matching)',
      case when sort = 'match' then ', rank' end, matching, ordered, p_limit - cardinality(page)
    ) into rest, counted;
    perform app.keep_answer(
      'search_clients', app.question_of_search(p_query, p_near, p_conditions), to_jsonb(cardinality(page) + counted)
    );
    return query select unnest(rest);
    return;
  end if;
  return query execute format('select id from (%s) as matching %s limit %s', matching, ordered, p_limit - cardinality(page));
end
$$;
