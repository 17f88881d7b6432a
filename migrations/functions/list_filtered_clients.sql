-- The ids of a page of a list that is not searched, in its order after a cursor. Needs nothing of search, either. Few
-- clients are gathered by clients_facets_idx and sorted; if they are many, the index of the order is walked until the page is
-- full. The planner does not choose: its statistics know neither the clinic nor its last import (`offset 0` keeps it from it).
-- Runs as the owner of the tables, because under row-level security `@>` uses no index, and so has the clinic condition itself.
create or replace function app.list_filtered_clients(
  p_facets text[], p_conditions jsonb, p_after_key text, p_after_id uuid, p_limit integer
) returns table (id uuid)
language plpgsql stable rows 50 security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_sort = off set jit = off as $$
declare
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  filter text := format('facets @> %L::text[]', p_facets);
  listed text := app.select_listed(p_conditions, p_after_key, p_after_id);
  ordered text := app.list_order(sort);
  -- `is true` keeps other indexes out.
  holders text := format(
    'select id, full_name, updated_at from clients where array_append(facets, clinic_id::text) @> %L::text[] and (%s) is true',
    p_facets || app.current_clinic()::text,
    app.listed_conditions(p_conditions) || app.after_cursor(p_conditions, p_after_key, p_after_id)
  );
  gathered text := format('select id from (%s offset 0) as gathered %s limit %s', holders, ordered, p_limit);
  owners uuid[];
  walked numeric;
  statement text;
begin
  if sort = 'none' then
    statement := format('%s limit %s', holders, p_limit);
  elsif app.is_rare(p_facets, p_conditions, p_limit) then
    statement := gathered;
  elsif sort not in ('name', '-name') or p_conditions ->> 'status' = 'archived' then
    statement := format('select id from (%s %s offset 0) as walked where %s limit %s', listed, ordered, filter, p_limit);
  elsif not exists (select from imports where clinic_id = app.current_clinic() and clients_wait) then
    -- The indexes of search hold nobody of an import that is still being written.
    statement := format(
      'select id from (%s and in_search_index %s offset 0) as walked where %s limit %s', listed, ordered, filter, p_limit
    );
  else
    -- The index that knows everybody begins with the owner: a page of each, merged. Those who have next to none of these clients
    -- are walked to their end.
    select array_agg(o.id), sum(least(o.listed, o.listed * p_limit / o.expected)) into owners, walked
      from (
        select p.id, app.count_kept_clients('', false, p.id) as listed, app.expected_clients(p_facets, false, p.id) as expected
        from professionals p
        where p.clinic_id = app.current_clinic() and p.id = coalesce((p_conditions ->> 'professionalId')::uuid, p.id)
      ) as o
      where o.expected > 0;
    statement := case
      when walked < app.expected_clients(p_facets, false, null) then format(
        'select id from unnest(%L::uuid[]) as owner cross join lateral (
          select id, full_name from (%s and professional_id = owner %s offset 0) as walked where %s limit %s
        ) as mine %s limit %s',
        owners, listed, ordered, filter, p_limit, ordered, p_limit
      )
      else gathered
    end;
  end if;
  return query execute format('select id from (%s) as page', statement);
end
$$;
