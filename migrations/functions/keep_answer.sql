-- Keeps what a function answered to a question until the transaction ends, for whoever asks the same again (app.recall_answer).
create or replace function app.keep_answer(p_function text, p_question jsonb, p_answer jsonb) returns void
language plpgsql as $$
begin
  perform set_config(
    'app.answer_of_' || p_function, jsonb_build_object('question', p_question, 'answer', p_answer)::text, true
  );
end
$$;
