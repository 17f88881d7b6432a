-- The ids of those matching clients whose name begins with what was typed (p_begins: app.name_range), in the order of names after
-- a cursor: one walk of an index, as long as the page. While clients wait for the search index, of the index that knows everybody
-- (clients_listed_idx): it begins with the owner, so a page of each is merged. For functions that belong to the tables' owner.
create or replace function app.search_beginnings(
  p_begins text, p_matching text, p_conditions jsonb, p_after_name text, p_after_id uuid, p_waiting boolean, p_limit integer
) returns uuid[]
language plpgsql volatile set search_path = public, pg_temp set enable_seqscan = off set enable_sort = off set jit = off as $$
declare
  begun text := app.select_listed(p_conditions || '{"sort": "name"}', p_after_name, p_after_id) || p_matching
    || ' and ' || p_begins;
  ordered text := format('order by full_name, id limit %s', p_limit);
  statement text;
  page uuid[];
begin
  if p_conditions ->> 'status' = 'archived' or (p_waiting and p_conditions ? 'professionalId') then
    statement := format('select id from (%s) as begun %s', begun, ordered);
  elsif not p_waiting then
    statement := format('select id from (%s and in_search_index) as begun %s', begun, ordered);
  else
    statement := format(
      'select mine.id from professionals p cross join lateral (%s and professional_id = p.id %s) as mine
        where p.clinic_id = app.current_clinic() %s',
      begun, ordered, replace(ordered, 'full_name, id', 'mine.full_name, mine.id')
    );
  end if;
  execute format('select array(%s)', statement) into page;
  return page;
end
$$;
