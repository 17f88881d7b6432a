-- The number of matching clients, at most p_limit.
create or replace function app.count_clients(p_query text, p_near boolean, p_conditions jsonb, p_limit integer) returns integer
language sql volatile
begin atomic
  select count(*)::integer from app.search_clients(p_query, p_near, p_conditions || '{"sort": "none"}', null, null, p_limit);
end;
