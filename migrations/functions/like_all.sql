-- A SQL condition: the text that a client is searched by matches all patterns.
create or replace function app.like_all(patterns text[]) returns text
language sql immutable parallel safe
begin atomic
  select coalesce(string_agg(format('search_text like %L', pattern), ' and '), 'false') from unnest(patterns) as pattern;
end;
