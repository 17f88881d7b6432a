-- The number of matching clients, at most p_limit. A whole list is counted here: app.search_clients would give every id back.
create or replace function app.count_clients(p_query text, p_near boolean, p_conditions jsonb, p_limit integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  counted integer;
begin
  if app.is_whole_list(p_query, p_near, p_conditions) then
    execute format(
      'select count(*) from (select from clients where %s order by %s limit %s) as listed',
      app.listed_conditions(p_conditions),
      -- The order names the index: by id clients lie as they were written, one page after the other.
      case when p_conditions ? 'professionalId' or p_conditions ->> 'status' = 'archived' then 'full_name, id' else 'id' end,
      p_limit
    ) into counted;
  else
    select count(*) into counted
      from app.search_clients(p_query, p_near, p_conditions || '{"sort": "none"}', null, null, p_limit);
  end if;
  return counted;
end
$$;
