-- The place of a client among the tiers of app.match_tiers as a SQL expression, from 1.
create or replace function app.match_rank(p_query text, p_near boolean) returns text
language plpgsql immutable parallel safe as $$
declare
  tiers text[] := app.match_tiers(p_query, p_near);
  rank text := '';
begin
  if tiers = '{}' then
    return '1';
  end if;
  for place in 1 .. cardinality(tiers) loop
    rank := rank || format(' when %s then %s', tiers[place], place);
  end loop;
  return format('case%s else %s end', rank, cardinality(tiers) + 1);
end
$$;
