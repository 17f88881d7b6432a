-- Whether nothing but its owner and status narrows a list: then it needs nothing of search.
create or replace function app.is_whole_list(p_query text, p_near boolean, p_conditions jsonb) returns boolean
language sql immutable parallel safe
begin atomic
  select p_query = '' and not p_near and coalesce(
    p_conditions ->> 'tag', p_conditions ->> 'city', p_conditions ->> 'state', p_conditions ->> 'birthMonth'
  ) is null;
end;
