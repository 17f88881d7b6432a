-- Notes how a statement changes the number of clients, for app.count_kept_clients. Also counts what a list can be filtered by, and
-- cities as they are written (clients.facets has them folded).
create or replace function app.note_client_counts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outside text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.system', 'on', true);
  if tg_op = 'INSERT' then
    insert into client_count_changes (clinic_id, facet, archived, professional_id, change)
      select n.clinic_id, f.facet, n.archived_at is not null, n.professional_id, count(*)
      from new_clients n, unnest(n.facets || array['', 'written:' || n.city]) as f (facet)
      where f.facet is not null
      group by 1, 2, 3, 4;
  elsif tg_op = 'DELETE' then
    insert into client_count_changes (clinic_id, facet, archived, professional_id, change)
      select o.clinic_id, f.facet, o.archived_at is not null, o.professional_id, -count(*)
      from old_clients o, unnest(o.facets || array['', 'written:' || o.city]) as f (facet)
      where f.facet is not null
      group by 1, 2, 3, 4;
  else
    insert into client_count_changes (clinic_id, facet, archived, professional_id, change)
      select c.clinic_id, f.facet, c.archived, c.professional_id, sum(c.change)
      from (
        -- Most statements change none of these: their rows cancel each other out here.
        select clinic_id, archived, professional_id, facets, city, sum(sign) as change
        from (
          select clinic_id, archived_at is not null as archived, professional_id, facets, city, 1 as sign from new_clients
          union all
          select clinic_id, archived_at is not null, professional_id, facets, city, -1 from old_clients
        ) as both_states
        group by 1, 2, 3, 4, 5
        having sum(sign) <> 0
      ) as c, unnest(c.facets || array['', 'written:' || c.city]) as f (facet)
      where f.facet is not null
      group by 1, 2, 3, 4
      having sum(c.change) <> 0;
  end if;
  perform set_config('app.system', outside, true);
  return null;
end
$$;
