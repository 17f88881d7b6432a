-- The number of clients that the planner expects to match a search, from the statement that looks for them; found once a
-- statement, because a page and its count need it.
create or replace function app.expected_matches(p_query text, p_near boolean, p_conditions jsonb, p_statement text) returns numeric
language plpgsql volatile as $$
declare
  question jsonb := app.question_of_search(p_query, p_near, p_conditions);
  expected numeric := app.recall_answer('expected_matches', question);
begin
  if expected is null then
    expected := app.expected_rows(p_statement);
    perform app.keep_answer('expected_matches', question, to_jsonb(expected));
  end if;
  return expected;
end
$$;
