-- The number of clients that the planner expects to match a search, from the statement that looks for them. Kept until the
-- transaction ends, because a page and the number of its matches both ask.
create or replace function app.expected_matches(p_query text, p_near boolean, p_conditions jsonb, p_statement text) returns numeric
language plpgsql volatile as $$
declare
  kept jsonb := nullif(current_setting('app.expected_matches', true), '')::jsonb;
  asked jsonb := jsonb_build_array(app.current_clinic(), p_query, p_near, p_conditions - 'sort');
  expected numeric;
begin
  if kept -> 'asked' = asked then
    return kept -> 'expected';
  end if;
  expected := app.expected_rows(p_statement);
  perform set_config(
    'app.expected_matches', jsonb_build_object('asked', asked, 'expected', expected)::text, true
  );
  return expected;
end
$$;
