-- The ids of active clients whose name begins with a search and who match all its patterns (app.plain_patterns), the first by name,
-- from the indexes of search; none where no name decides. Planned once a connection. For functions that belong to the tables' owner.
create or replace function app.name_beginnings(p_query text, p_patterns text[], p_owner uuid, p_limit integer) returns uuid[]
language plpgsql volatile set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
declare
  clinic uuid := app.current_clinic();
  typed text;
begin
  if not app.has_no_letters(p_query) then
    typed := nullif(app.typed_name(p_query), '');
  end if;
  if typed is null then
    return '{}';
  elsif p_owner is null then
    return array(
      select c.id from clients c
        where c.clinic_id = clinic and c.archived_at is null and c.in_search_index
          and app.begins_with(c.full_name, typed) and c.search_text like all (p_patterns)
        order by c.full_name, c.id limit p_limit
    );
  else
    return array(
      select c.id from clients c
        where c.clinic_id = clinic and c.archived_at is null and c.in_search_index and c.professional_id = p_owner
          and app.begins_with(c.full_name, typed) and c.search_text like all (p_patterns)
        order by c.full_name, c.id limit p_limit
    );
  end if;
end
$$;
