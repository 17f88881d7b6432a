-- app.find_near_patterns, cached until the transaction ends, because a list and its count need the same result.
create or replace function app.near_patterns(query text) returns text[]
language plpgsql stable as $$
declare
  kept jsonb := nullif(current_setting('app.near_patterns', true), '')::jsonb;
  patterns text[];
begin
  if kept -> 'asked' = jsonb_build_array(app.current_clinic(), query) then
    return array(select jsonb_array_elements_text(kept -> 'found'));
  end if;
  patterns := app.find_near_patterns(query);
  perform set_config(
    'app.near_patterns',
    jsonb_build_object('asked', jsonb_build_array(app.current_clinic(), query), 'found', patterns)::text,
    true
  );
  return patterns;
end
$$;
