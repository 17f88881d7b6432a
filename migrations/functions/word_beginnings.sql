-- Patterns of a search (app.search_patterns) that have to match the beginning of a word.
create or replace function app.word_beginnings(p_patterns text[]) returns text[]
language plpgsql immutable parallel safe as $$
declare
  pattern text;
  beginnings text[] := '{}';
begin
  foreach pattern in array p_patterns loop
    beginnings := beginnings || ('% ' || ltrim(pattern, '% '));
  end loop;
  return beginnings;
end
$$;
