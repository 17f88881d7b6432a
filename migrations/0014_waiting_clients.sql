-- Clients of a large import wait for the search index for a while. Looking for them in the table means walking past every
-- client of an import that is still being written; the imports say whether there are any to look for.
alter table imports add column clients_wait boolean not null default false;
comment on column imports.clients_wait is 'clients of the clinic may wait for the search index';
update imports i set clients_wait = true
  where exists (select from clients c where c.clinic_id = i.clinic_id and not c.in_search_index);
create index imports_waiting_idx on imports (clinic_id) where clients_wait;

-- Together with the clients: an import is done in the transaction that writes them.
create function app.note_waiting_clients() returns trigger
language plpgsql as $$
begin
  new.clients_wait := exists (
    select from clients c where c.clinic_id = new.clinic_id and c.import_id = new.id and not c.in_search_index
  );
  return new;
end
$$;
create trigger imports_note_waiting_clients before update of status on imports
  for each row when (new.status = 'done' and old.status <> 'done') execute function app.note_waiting_clients();

-- As before, but for where `waiting` comes from.
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
  conditions text := app.client_conditions(p_query, p_near, p_conditions);
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  listed text;
  matching text;
  indexed text;
  expected numeric;
  page uuid[];
  waiting boolean := exists (select from imports where clinic_id = app.current_clinic() and clients_wait);
begin
  if app.current_clinic() is null or conditions is null then
    return;
  end if;
  listed := format(
    'select id, full_name, updated_at, search_text, facets from clients where clinic_id = %L and archived_at is %s %s %s',
    app.current_clinic(),
    case when p_conditions ->> 'status' = 'archived' then 'not null' else 'null' end,
    case when p_conditions ? 'professionalId' then format('and professional_id = %L', p_conditions ->> 'professionalId') end,
    case
      when p_after_id is null then ''
      when sort = 'name' then format('and (full_name, id) > (%L collate "pt-BR-x-icu", %L::uuid)', p_after_key, p_after_id)
      when sort = '-createdAt' then format('and id < %L', p_after_id)
      -- The key counts microseconds since 1970.
      else format('and (updated_at, id) < (%L::timestamptz, %L::uuid)', timestamptz 'epoch' + p_after_key::bigint * interval '1 microsecond', p_after_id)
    end
  );
  matching := listed || conditions;
  indexed := matching || ' and in_search_index';
  -- Bearers of a name stand together in the order of names, where the planner expects them spread: left to itself it would
  -- walk past everybody before them. Few are gathered and sorted instead; for many the walk is the shorter way. In between a
  -- short walk tells whether they are spread, as surnames are.
  if sort = 'name' and conditions <> '' then
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
  return query execute format(
    'select id from (%s) as matching %s limit %s',
    matching,
    case
      when sort = 'name' then 'order by full_name, id'
      when sort = '-createdAt' then 'order by id desc'
      when sort = '-updatedAt' then 'order by updated_at desc, id desc'
      -- Counting what matches: ids have nothing to do with names, so what is frequent is soon found along them.
      when conditions <> '' then 'order by id'
    end,
    p_limit
  );
end
$$;

-- As before; once no client waits, the imports say so.
create or replace function app.index_clients(p_limit integer) returns integer
language plpgsql as $$
declare
  taken integer;
begin
  if not pg_try_advisory_xact_lock(hashtext('app.index_clients')) then
    return 0;
  end if;
  update clients c set in_search_index = true
    from (select w.clinic_id, w.id from clients w where not w.in_search_index limit p_limit for update skip locked) as waiting
    where c.clinic_id = waiting.clinic_id and c.id = waiting.id;
  get diagnostics taken = row_count;
  if taken < p_limit then
    update imports i set clients_wait = false
      where clients_wait and not exists (select from clients c where c.clinic_id = i.clinic_id and not c.in_search_index);
  end if;
  return taken;
end
$$;
