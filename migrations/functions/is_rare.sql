-- Whether the clients of a list with these facets are so few among all of the clinic that gathering and sorting them reads less
-- than walking an index in the list's order until a page is full.
create or replace function app.is_rare(p_facets text[], p_conditions jsonb, p_limit integer) returns boolean
language plpgsql stable as $$
declare
  in_archive boolean := coalesce(p_conditions ->> 'status' = 'archived', false);
  owner uuid := p_conditions ->> 'professionalId';
  expected numeric := app.expected_clients(p_facets, in_archive, owner);
  -- Of active clients there is an index by name for each owner. Other orders have one for the clinic.
  walked numeric := case
    when p_conditions ->> 'sort' not in ('name', '-name')
      then app.count_kept_clients('', false, null) + app.count_kept_clients('', true, null)
    else app.count_kept_clients('', in_archive, case when not in_archive then owner end)
  end;
  -- The index of facets does not know whose clients they are.
  gathered numeric := case when p_facets = '{}' or owner is null then expected else app.expected_clients(p_facets, in_archive, null) end;
begin
  return gathered * expected <= walked * p_limit;
end
$$;
