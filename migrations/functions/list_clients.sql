-- A page of a whole list, narrowed by nothing but owner and status, after a cursor, in one of the orders that people use most: `name`,
-- `-createdAt`, `-updatedAt` (others: app.list_filtered_clients). Needs nothing of search: each statement walks the index of its order
-- and reads no more rows than the page has, which the settings make sure of however much the statistics are behind. Under the
-- policies of its caller.
create or replace function app.list_clients(p_conditions jsonb, p_after_key text, p_after_id uuid, p_limit integer)
returns setof clients
language plpgsql stable rows 50 set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off as $$
declare
  clinic uuid := app.current_clinic();
  owner uuid := p_conditions ->> 'professionalId';
  in_archive boolean := coalesce(p_conditions ->> 'status' = 'archived', false);
  sort text := p_conditions ->> 'sort';
  after_name text := coalesce(p_after_key, '');
  after_id uuid := coalesce(p_after_id, '00000000-0000-0000-0000-000000000000');
  before_id uuid := coalesce(p_after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  -- The cursor's key is in microseconds since 1970.
  before_time timestamptz := case
    when sort = '-updatedAt' then coalesce(timestamptz 'epoch' + p_after_key::bigint * interval '1 microsecond', 'infinity')
  end;
begin
  if sort <> 'name' and app.is_rare('{}'::text[], p_conditions, p_limit) then
    return query execute format(
      'select * from (select * from clients where %s offset 0) as listed where %s order by %s limit %s',
      app.listed_conditions(p_conditions),
      case when sort = '-createdAt' then 'id < $1' else '(updated_at, id) < ($2, $1)' end,
      case when sort = '-createdAt' then 'id desc' else 'updated_at desc, id desc' end,
      p_limit
    ) using before_id, before_time;
  elsif sort = '-createdAt' then
    return query select * from clients c
      where c.clinic_id = clinic and (c.archived_at is not null) = in_archive and (owner is null or c.professional_id = owner)
        and c.id < before_id
      order by c.id desc limit p_limit;
  elsif sort = '-updatedAt' then
    return query select * from clients c
      where c.clinic_id = clinic and (c.archived_at is not null) = in_archive and (owner is null or c.professional_id = owner)
        and (c.updated_at, c.id) < (before_time, before_id)
      order by c.updated_at desc, c.id desc limit p_limit;
  elsif in_archive then
    return query select * from clients c
      where c.clinic_id = clinic and c.archived_at is not null and (owner is null or c.professional_id = owner)
        and (c.full_name, c.id) > (after_name, after_id)
      order by c.full_name, c.id limit p_limit;
  elsif not exists (select from imports i where i.clinic_id = clinic and i.clients_wait) then
    -- The indexes of search: they hold nobody of an import that is still being written.
    if owner is null then
      return query select * from clients c
        where c.clinic_id = clinic and c.archived_at is null and c.in_search_index
          and (c.full_name, c.id) > (after_name, after_id)
        order by c.full_name, c.id limit p_limit;
    else
      return query select * from clients c
        where c.clinic_id = clinic and c.archived_at is null and c.in_search_index and c.professional_id = owner
          and (c.full_name, c.id) > (after_name, after_id)
        order by c.full_name, c.id limit p_limit;
    end if;
  elsif owner is null then
    -- The index that knows everybody begins with the owner: a page of each, merged.
    return query select mine.* from professionals p
      cross join lateral (
        select * from clients c
        where c.clinic_id = clinic and c.archived_at is null and c.professional_id = p.id
          and (c.full_name, c.id) > (after_name, after_id)
        order by c.full_name, c.id limit p_limit
      ) as mine
      where p.clinic_id = clinic
      order by mine.full_name, mine.id limit p_limit;
  else
    return query select * from clients c
      where c.clinic_id = clinic and c.archived_at is null and c.professional_id = owner
        and (c.full_name, c.id) > (after_name, after_id)
      order by c.full_name, c.id limit p_limit;
  end if;
end
$$;
