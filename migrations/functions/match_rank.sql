-- The place of a client among the tiers of app.match_tiers as a SQL expression, from 1.
create or replace function app.match_rank(p_query text, p_near boolean) returns text
language sql immutable parallel safe
begin atomic
  select coalesce(
    'case ' || string_agg(format('when %s then %s', tier, place), ' ' order by place) || format(' else %s end', max(place) + 1), '1'
  )
  from unnest(app.match_tiers(p_query, p_near)) with ordinality as tiers (tier, place);
end;
