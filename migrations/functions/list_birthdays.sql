-- Active clients whose birthday is on one of the days from a first one on; if so asked, only those of some owners, and some clients
-- besides. Who was born on a 29 February has it on the 28th in other years. clients_facets_idx gathers those born in the months of
-- the days; under row-level security it would not be used, so this runs as the owner of the tables and has the clinic condition
-- itself.
create or replace function app.list_birthdays(
  p_owners uuid[], p_clients uuid[], p_from date, p_days integer, p_limit integer
)
returns table (day date, id uuid)
language sql stable rows 50 security definer set search_path = public, pg_temp
set enable_seqscan = off set jit = off
begin atomic
  select d.day, b.id
  from (
    select p_from + n as day, to_char(p_from + n, 'MMDD') as born from generate_series(0, p_days - 1) as n
    union all
    select p_from + n, '0229' from generate_series(0, p_days - 1) as n
      where to_char(p_from + n, 'MMDD') = '0228' and to_char(p_from + n + 1, 'MMDD') <> '0229'
  ) as d
  join (
    select c.id, c.full_name, to_char(c.date_of_birth, 'MMDD') as born
    from (select distinct extract(month from p_from + n)::integer as month from generate_series(0, p_days - 1) as n) as m
    cross join lateral (
      select * from clients
      where array_append(facets, clinic_id::text) @> array['month:' || m.month, app.current_clinic()::text]
        and (
          clinic_id = app.current_clinic() and archived_at is null
          and (p_owners is null or professional_id = any (p_owners) or id = any (coalesce(p_clients, '{}')))
        ) is true
      offset 0
    ) as c
  ) as b on b.born = d.born
  order by d.day, b.full_name, b.id limit p_limit;
end;
