-- How well clients may match a search, the best first, as SQL conditions: the name begins with it, every word begins a word,
-- every word occurs. Who matches otherwise comes after them. What no name decides, as a phone or a birth date, has none.
create or replace function app.match_tiers(p_query text, p_near boolean) returns text[]
language plpgsql immutable parallel safe as $$
declare
  patterns text[] := app.search_patterns(p_query);
begin
  if p_near or p_query ~ '^[\s0-9().,+/-]*$' then
    return '{}';
  end if;
  return array[
    app.name_range(p_query),
    app.like_all(array(select '% ' || ltrim(pattern, '% ') from unnest(patterns) as pattern)),
    app.like_all(patterns)
  ];
end
$$;
