-- The ids of the first clients by name of whom p_listed selects (app.select_listed in the order `name`) and p_matching says they
-- match. Few are gathered and sorted (`offset 0`); for many the index of names is walked until the page is full. The planner
-- expects matches to be spread over that index, but people of one first name are neighbours. So in between, so many are walked as
-- take half as long as gathering: if the matches are spread, as surnames are, that fills the page. For functions that belong to the
-- tables' owner.
create or replace function app.page_by_name(p_listed text, p_matching text, p_limit integer) returns uuid[]
language plpgsql volatile set search_path = public, pg_temp as $$
declare
  expected numeric := app.expected_rows(p_listed || p_matching);
  page uuid[];
begin
  if expected > app.most_gathered() and expected <= 5000 then
    page := app.walk_by_name(p_listed, p_matching, 5 * expected, p_limit);
    if cardinality(page) = p_limit then
      return page;
    end if;
  end if;
  execute format(
    'select array(select id from (%s %s) as matching order by full_name, id limit %s)',
    p_listed || p_matching, case when expected <= 5000 then 'offset 0' end, p_limit
  ) into page;
  return page;
end
$$;
