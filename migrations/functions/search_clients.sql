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
  -- Clients of a large import are not in the index of search yet.
  waiting boolean;
  patterns text[];
  page uuid[];
  whole_page boolean;
  counted bigint;
begin
  if app.current_clinic() is null then
    return;
  elsif p_conditions ? 'owners' then
    return query select l.id from app.search_lent_clients(p_query, p_near, p_conditions, p_after_key, p_after_id, p_limit) as l;
    return;
  elsif p_query = '' and not p_near and facets = '{}' and p_conditions ->> 'sort' in ('name', '-createdAt', '-updatedAt') then
    return query select l.id from app.list_clients(p_conditions, p_after_key, p_after_id, p_limit) as l;
    return;
  elsif p_query = '' and not p_near then
    return query select l.id from app.list_filtered_clients(facets, p_conditions, p_after_key, p_after_id, p_limit) as l;
    return;
  end if;
  waiting := exists (select from imports where clinic_id = app.current_clinic() and clients_wait);
  if not waiting and not p_near and facets = '{}' and coalesce(p_conditions ->> 'status', 'active') = 'active'
    and coalesce(p_conditions ->> 'sort', 'none') in ('name', 'match', 'none')
  then
    patterns := app.plain_patterns(p_query);
  end if;
  if patterns is not null then
    select f.ids, f.whole_page, f.total into page, whole_page, counted
      from app.find_by_patterns(p_query, patterns, p_conditions, p_after_key, p_after_id, p_limit) as f;
    if counted is not null then
      perform app.keep_answer('search_clients', app.question_of_search(p_query, p_near, p_conditions), to_jsonb(counted));
    end if;
    return query select unnest(page);
    if whole_page then
      return;
    end if;
  end if;
  return query select s.id from app.search_by_estimate(
    p_query, p_near, p_conditions, patterns, page, waiting, p_after_key, p_after_id, p_limit - coalesce(cardinality(page), 0)
  ) as s;
end
$$;
