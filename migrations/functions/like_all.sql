-- A SQL condition: the text that a client is searched by matches all patterns.
create or replace function app.like_all(patterns text[]) returns text
language plpgsql immutable parallel safe as $$
declare
  pattern text;
  condition text;
begin
  foreach pattern in array patterns loop
    condition := coalesce(condition || ' and ', '') || format('search_text like %L', pattern);
  end loop;
  return coalesce(condition, 'false');
end
$$;
