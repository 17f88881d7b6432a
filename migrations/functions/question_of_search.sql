-- A search within one statement, whatever its order, as a question for app.keep_answer: the next one may find others.
create or replace function app.question_of_search(p_query text, p_near boolean, p_conditions jsonb) returns jsonb
language sql stable
return jsonb_build_array(statement_timestamp(), app.current_clinic(), p_query, p_near, p_conditions - 'sort');
