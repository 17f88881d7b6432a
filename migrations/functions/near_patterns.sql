-- app.find_near_patterns, once a statement, because a list and its count need the same result.
create or replace function app.near_patterns(query text) returns text[]
language plpgsql stable as $$
declare
  question jsonb := jsonb_build_array(app.current_clinic(), query);
  known jsonb := app.recall_answer('near_patterns', question);
  patterns text[];
begin
  if known is not null then
    return array(select jsonb_array_elements_text(known));
  end if;
  patterns := app.find_near_patterns(query);
  perform app.keep_answer('near_patterns', question, to_jsonb(patterns));
  return patterns;
end
$$;
