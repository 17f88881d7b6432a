-- The number of rows that the planner expects from a statement.
create or replace function app.expected_rows(statement text) returns numeric
language plpgsql volatile as $$
declare
  plan json;
begin
  execute 'explain (format json) ' || statement into plan;
  return plan #>> '{0,Plan,Plan Rows}';
end
$$;
