-- Like app.search_clients, for somebody whom colleagues lend clients: those of several owners (`owners`), and some by name
-- (`clients`). A page of each owner by the indexes of one owner, merged: as many pages are read as there are owners.
create or replace function app.search_lent_clients(
  p_query text, p_near boolean, p_conditions jsonb, p_after_key text, p_after_id uuid, p_limit integer
) returns table (id uuid)
language plpgsql volatile rows 50 set search_path = public, pg_temp as $$
declare
  alone jsonb := p_conditions - '{owners,clients}'::text[];
  conditions text := app.client_conditions(p_query, p_near, alone);
  asked jsonb := alone || jsonb_build_object('query', p_query, 'near', p_near);
begin
  if conditions is null then
    return;
  end if;
  return query execute format(
    'select id from (
      select c.id, c.full_name, c.updated_at, %s as rank from (
        select found.id from jsonb_array_elements_text($1) as owner
          cross join lateral app.search_clients($2, $3, $4 || jsonb_build_object(''professionalId'', owner), $5, $6, $7) as found (id)
        union
        select named.id from (%s and id = any (array(select jsonb_array_elements_text($8)::uuid)) %s) as named
      ) as reached join clients c on c.clinic_id = app.current_clinic() and c.id = reached.id
    ) as page %s limit $7',
    app.match_rank(p_query, p_near), app.select_listed(asked, p_after_key, p_after_id), conditions,
    app.list_order(p_conditions ->> 'sort')
  ) using p_conditions -> 'owners', p_query, p_near, alone, p_after_key, p_after_id, p_limit, p_conditions -> 'clients';
end
$$;
