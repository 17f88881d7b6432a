-- The ids of those whom p_matching says they match among the first p_walked by name of whom p_listed selects (app.select_listed in the
-- order `name`), at most p_limit. One walk of the index of names, which includes the text. For functions that belong to the tables'
-- owner.
create or replace function app.walk_by_name(p_listed text, p_matching text, p_walked numeric, p_limit integer) returns uuid[]
language plpgsql volatile set search_path = public, pg_temp as $$
declare
  page uuid[];
begin
  execute format(
    'select array(select id from (%s order by full_name, id limit %s) as first where true %s order by full_name, id limit %s)',
    p_listed, p_walked, p_matching, p_limit
  ) into page;
  return page;
end
$$;
