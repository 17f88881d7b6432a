-- The clients who match a search by its patterns alone (app.plain_patterns), if they are at most p_most: their number, and the ids
-- of a page in the order `match` or `name` after a cursor. If they are more, the number is p_most and one, and there are ids only
-- where no order is wanted. Planned once a connection: planning takes longer than finding a few. That plan has to be the index of
-- search even if it was made of an almost empty table, so only rows cost anything. With p_alone the index is not asked for the clinic
-- (app.holds_most_clients). For functions that belong to the tables' owner.
create or replace function app.gather_matches(
  p_query text, p_patterns text[], p_conditions jsonb, p_after_key text, p_after_id uuid, p_limit integer, p_most integer,
  p_alone boolean,
  out ids uuid[], out total bigint
)
language plpgsql volatile set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off
set random_page_cost = 0 set cpu_index_tuple_cost = 0 set cpu_operator_cost = 0 as $$
declare
  clinic uuid := app.current_clinic();
  owner uuid := p_conditions ->> 'professionalId';
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  by_match boolean := sort = 'match';
  is_number boolean := app.has_no_letters(p_query);
  -- The patterns that the index is asked for, and those that only its rows are.
  indexed text[] := p_patterns[1:3];
  others text[] := p_patterns[4:];
  typed text;
  beginnings text[];
  -- The cursor's key begins with the tier in the order `match`.
  after_tier integer := case when by_match then left(p_after_key, 1)::integer else 1 end;
  after_name text := case when by_match then substr(p_after_key, 2) else p_after_key end;
begin
  if is_number and length(p_patterns[1]) > length('%123456%') then
    -- Each three digits in a row are in many numbers, so each more costs more than it leaves out. The last tell most apart.
    indexed := array['%' || right(p_patterns[1], length('123456%'))];
    others := p_patterns;
  elsif by_match and not is_number then
    typed := app.typed_name(p_query);
    beginnings := app.word_beginnings(p_patterns);
  end if;
  with matching as materialized (
    select c.id, c.full_name, c.search_text from clients c
      where not p_alone and c.clinic_id = clinic and c.archived_at is null and c.in_search_index
        and c.search_text like indexed[1] and c.search_text like coalesce(indexed[2], '%')
        and c.search_text like coalesce(indexed[3], '%') and c.search_text like all (others)
        and (owner is null or c.professional_id = owner)
    union all
    select c.id, c.full_name, c.search_text from clients c
      where p_alone and (c.clinic_id = clinic) is true and c.archived_at is null and c.in_search_index
        and c.search_text like indexed[1] and c.search_text like coalesce(indexed[2], '%')
        and c.search_text like coalesce(indexed[3], '%') and c.search_text like all (others)
        and (owner is null or c.professional_id = owner)
    limit p_most + 1
  )
  select number.of_all, case
    when sort = 'none' then array(select m.id from matching m limit p_limit)
    when number.of_all <= p_most then array(
      select r.id from (
        select m.id, m.full_name, app.tier_of(m.full_name, m.search_text, typed, beginnings, p_patterns) as tier from matching m
      ) as r
      where p_after_id is null or (r.tier, r.full_name, r.id) > (after_tier, after_name, p_after_id)
      order by r.tier, r.full_name, r.id limit p_limit
    )
  end
    into total, ids
    from (select count(*) as of_all from matching) as number;
end
$$;
