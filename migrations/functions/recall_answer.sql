-- What a function answered to the same question before in this statement (app.keep_answer); null when it was not asked.
create or replace function app.recall_answer(p_function text, p_question jsonb) returns jsonb
language plpgsql stable as $$
declare
  kept jsonb := nullif(current_setting('app.answer_of_' || p_function, true), '')::jsonb;
begin
  return case when kept -> 'at' = to_jsonb(statement_timestamp()) and kept -> 'question' = p_question then kept -> 'answer' end;
end
$$;
