-- Keeps what a function answered to a question for whoever asks the same again in the same statement (app.recall_answer): the next
-- one may find other rows.
create or replace function app.keep_answer(p_function text, p_question jsonb, p_answer jsonb) returns void
language plpgsql as $$
begin
  perform set_config(
    'app.answer_of_' || p_function,
    jsonb_build_object('question', p_question, 'answer', p_answer, 'at', statement_timestamp())::text,
    true
  );
end
$$;
