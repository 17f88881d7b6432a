-- A search, whatever its order, as a question for app.keep_answer.
create or replace function app.question_of_search(p_query text, p_near boolean, p_conditions jsonb) returns jsonb
language sql stable
return jsonb_build_array(app.current_clinic(), p_query, p_near, p_conditions - 'sort');
