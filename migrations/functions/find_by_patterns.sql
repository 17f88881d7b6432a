-- Clients who match a search by its patterns alone (app.plain_patterns), in the orders `match`, `name` and none, where that takes one
-- look: ids of a page after a cursor, with whole_page, and as total the number of all, or one that is no less than app.count_limit()
-- (null: unknown). Otherwise ids begin the page: those whose name begins with what was typed, who come first in the order
-- `match` (null: not looked for). For functions that belong to the tables' owner.
create or replace function app.find_by_patterns(
  p_query text, p_patterns text[], p_conditions jsonb, p_after_key text, p_after_id uuid, p_limit integer,
  out ids uuid[], out whole_page boolean, out total bigint
)
language plpgsql volatile as $$
declare
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  owner uuid := p_conditions ->> 'professionalId';
  counts_only boolean := sort = 'none';
  enough integer := case when counts_only then p_limit else app.count_limit() end;
  listed bigint := app.rough_count(null);
  most integer := app.most_gathered(listed);
  gathered uuid[];
begin
  if counts_only then
    -- Gathering pays longer: until the first in the order of ids reach the limit sooner. Among all of a clinic those of one owner are
    -- rarer.
    most := 30 * sqrt(listed) * case when owner is null then 1 else app.rough_count(owner)::numeric / greatest(listed, 1) end;
  end if;
  if sort <> 'name' and p_after_id is null and listed > enough then
    ids := app.name_beginnings(p_query, p_patterns, owner, enough);
    if cardinality(ids) = enough then
      total := enough;
    end if;
  end if;
  if total is null and not app.is_frequent(p_query, p_patterns, listed, most) then
    select g.ids, g.total into gathered, total from app.gather_matches(
      p_query, p_patterns, p_conditions, p_after_key, p_after_id, p_limit, case when counts_only then p_limit - 1 else most end,
      app.holds_most_clients(listed)
    ) as g;
  end if;
  ids := coalesce(gathered, ids[1:p_limit]);
  whole_page := gathered is not null or coalesce(cardinality(ids) = p_limit, false);
end
$$;
