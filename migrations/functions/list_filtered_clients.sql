-- The ids of a page of a list that is filtered but not searched, in its order after a cursor. Needs nothing of search, either. Few
-- clients are gathered by clients_facets_idx and sorted; if they are many, the index of the order is walked until the page is
-- full. The planner does not choose: its statistics know neither the clinic nor its last import (`offset 0` keeps it from it).
-- Runs as the owner of the tables, because under row-level security `@>` uses no index, and so has the clinic condition itself.
create or replace function app.list_filtered_clients(
  p_facets text[], p_conditions jsonb, p_after_key text, p_after_id uuid, p_limit integer
) returns table (id uuid)
language plpgsql stable rows 50 security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  filter text := format('facets @> %L::text[]', p_facets);
  listed text := app.select_listed(p_conditions, p_after_key, p_after_id);
  ordered text := app.list_order(sort);
  often uuid[];
  statement text;
begin
  if sort = 'none' then
    statement := format('%s and %s limit %s', listed, filter, p_limit);
  elsif (select bool_or(app.is_rare(f.facet, p_conditions, p_limit)) from unnest(p_facets) as f (facet)) then
    statement := format('select id from (%s and %s offset 0) as gathered %s limit %s', listed, filter, ordered, p_limit);
  elsif sort = 'name' and p_conditions ->> 'status' = 'active' and not p_conditions ? 'professionalId' then
    if exists (select from imports where clinic_id = app.current_clinic() and clients_wait) then
      -- Until search knows everybody, the only index by name begins with the owner: a page of each, merged.
      often := array(
        select p.id from professionals p
        where p.clinic_id = app.current_clinic() and not exists (
          select from unnest(p_facets) as f (facet)
          where app.is_rare(f.facet, p_conditions || jsonb_build_object('professionalId', p.id), p_limit)
        )
      );
      statement := format(
        'select id from (
          (select mine.id, mine.full_name from unnest(%L::uuid[]) as p (id)
            cross join lateral (
              select id, full_name from (%s and professional_id = p.id %s offset 0) as walked where %s limit %s
            ) as mine)
          union all
          (select id, full_name from (%s and %s and professional_id <> all (%L::uuid[]) offset 0) as gathered)
        ) as merged %s limit %s',
        often, listed, ordered, filter, p_limit, listed, filter, often, ordered, p_limit
      );
    else
      statement := format(
        'select id from (%s and in_search_index %s offset 0) as walked where %s limit %s', listed, ordered, filter, p_limit
      );
    end if;
  else
    statement := format('select id from (%s %s offset 0) as walked where %s limit %s', listed, ordered, filter, p_limit);
  end if;
  return query execute format('select id from (%s) as page', statement);
end
$$;
