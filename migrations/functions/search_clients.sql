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
  whole boolean := app.is_whole_list(p_query, p_near, p_conditions);
  conditions text := case when whole then '' else app.client_conditions(p_query, p_near, p_conditions) end;
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  listed text;
  matching text;
  indexed text;
  expected numeric;
  page uuid[];
  ordered text;
  waiting boolean := exists (select from imports where clinic_id = app.current_clinic() and clients_wait);
begin
  if app.current_clinic() is null or conditions is null then
    return;
  end if;
  listed := format(
    'select id, full_name, updated_at, search_text, facets from clients where %s %s',
    app.listed_conditions(p_conditions),
    case
      when p_after_id is null then ''
      when sort = 'name' then format('and (full_name, id) > (%L collate "pt-BR-x-icu", %L::uuid)', p_after_key, p_after_id)
      when sort = '-createdAt' then format('and id < %L', p_after_id)
      -- The cursor's key is in microseconds since 1970.
      else format('and (updated_at, id) < (%L::timestamptz, %L::uuid)', timestamptz 'epoch' + p_after_key::bigint * interval '1 microsecond', p_after_id)
    end
  );
  ordered := case
    when sort = 'name' then 'order by full_name, id'
    when sort = '-createdAt' then 'order by id desc'
    when sort = '-updatedAt' then 'order by updated_at desc, id desc'
    -- For counting up to a limit: ids are independent of names, so frequent matches are found soon in their order.
    else 'order by id'
  end;
  if whole then
    -- The index of the whole clinic's names is that of search, which knows some clients later; the one that knows everybody
    -- begins with the owner.
    if sort = 'name' and p_conditions ->> 'status' = 'active' and not p_conditions ? 'professionalId' then
      listed := case
        when waiting then format(
          'select mine.id, mine.full_name from professionals p cross join lateral (%s and professional_id = p.id %s limit %s) as mine where p.clinic_id = %L',
          listed, ordered, p_limit, app.current_clinic()
        )
        else listed || ' and in_search_index'
      end;
    end if;
    return query execute format('select id from (%s) as listed %s limit %s', listed, ordered, p_limit);
    return;
  end if;
  matching := listed || conditions;
  indexed := matching || ' and in_search_index';
  -- Sorted by name, people of one first name are neighbours, but the planner expects them spread over the index and would scan
  -- everybody before them. So a small result is collected and sorted (`offset 0`); for a large one scanning in order is faster.
  -- In between, scan the first 4000 in order: if the matches are spread, as surnames are, that already fills the page.
  if sort = 'name' then
    expected := app.expected_rows(indexed);
    if expected between 1500 and 5000 and not waiting then
      execute format(
        'select array(select id from (%s and in_search_index order by full_name, id limit 4000) as first where true %s order by full_name, id limit %s)',
        listed, conditions, p_limit
      ) into page;
    end if;
    if expected <= 5000 then
      indexed := indexed || ' offset 0';
    end if;
  end if;
  if waiting then
    matching := format('(%s) union all (%s and not in_search_index)', indexed, matching);
  elsif cardinality(page) = p_limit then
    return query select unnest(page);
    return;
  else
    matching := indexed;
  end if;
  return query execute format('select id from (%s) as matching %s limit %s', matching, ordered, p_limit);
end
$$;
