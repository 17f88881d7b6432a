-- The first ids of a statement in the order of the list, after those of p_begun. With p_counts all are gathered, and counted at the
-- same time (app.count_clients). For functions that belong to the tables' owner.
create or replace function app.sort_matches(
  p_matching text, p_query text, p_near boolean, p_conditions jsonb, p_begun uuid[], p_counts boolean, p_limit integer
) returns table (id uuid)
language plpgsql volatile rows 50 set search_path = public, pg_temp as $$
declare
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  -- For counting up to a limit: ids are independent of names, so frequent matches are found soon in their order.
  ordered text := coalesce(app.list_order(sort), 'order by id') || format(' limit %s', p_limit - cardinality(p_begun));
  page uuid[];
  counted bigint;
begin
  if not p_counts then
    return query execute format('select id from (%s) as matching %s', p_matching, ordered);
    return;
  end if;
  execute format(
    'with matching as materialized (select id, full_name %s from (%s) as found)
      select array(select id from matching %s), (select count(*) from matching)',
    case when sort = 'match' then ', rank' end, p_matching, ordered
  ) into page, counted;
  perform app.keep_answer(
    'search_clients', app.question_of_search(p_query, p_near, p_conditions), to_jsonb(cardinality(p_begun) + counted)
  );
  return query select unnest(page);
end
$$;
