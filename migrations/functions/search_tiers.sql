-- The ids of many matching clients after those whose name begins with what was typed: tier by tier (app.match_tiers), each by
-- name after a cursor, until the page is full. p_matching are the conditions of the search with all filters, p_filters those of
-- the filters alone: who is in a tier matches the search, and the planner would take one condition said twice for a rarer one. For
-- functions that belong to the tables' owner.
create or replace function app.search_tiers(
  p_tiers text[], p_matching text, p_filters text, p_conditions jsonb, p_reached integer, p_after_key text, p_after_id uuid, p_limit integer
) returns table (id uuid)
language plpgsql volatile rows 50 set search_path = public, pg_temp as $$
declare
  passed text := format(' and not (%s)', p_tiers[1]);
  tier text;
  page uuid[];
  left_over integer := p_limit;
begin
  for place in 2 .. cardinality(p_tiers) + 1 loop
    exit when left_over = 0;
    tier := case when place > cardinality(p_tiers) then p_matching else format(' and %s', p_tiers[place]) || p_filters end || passed;
    passed := passed || coalesce(format(' and not (%s)', p_tiers[place]), '');
    continue when place < p_reached;
    page := app.page_by_name(
      case
        when place = p_reached then app.select_listed(p_conditions || '{"sort": "name"}', substr(p_after_key, 2), p_after_id)
        else app.select_listed(p_conditions || '{"sort": "name"}', null, null)
      end || ' and in_search_index',
      tier, left_over
    );
    return query select unnest(page);
    left_over := left_over - cardinality(page);
  end loop;
end
$$;
