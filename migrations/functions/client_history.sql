-- A page of the history of a client and of the records merged into it, newest first, after a given version. Returns at most
-- p_limit versions and about p_bytes. If more follow, one last row without changes says so (`fits` is false). An import stores
-- no first version of the clients it creates: its own row says who and when.
create or replace function app.client_history(
  p_client uuid, p_after_client uuid, p_after_version integer, p_limit integer, p_bytes integer
) returns table (
  client_id uuid, version integer, at timestamptz, action text, changes jsonb, professional_id uuid, merge_id uuid, fits boolean
)
language plpgsql stable rows 50 set search_path = public, pg_temp as $$
declare
  records uuid[] := array(select app.records_of(p_client));
  versions refcursor;
  given integer := 0;
  bytes bigint := 0;
begin
  if cardinality(records) = 1 then
    open versions for
      select * from (
        (select v.client_id, v.version, v.at, v.action, v.changes, v.professional_id, v.merge_id from client_versions v
          where v.clinic_id = app.current_clinic() and v.client_id = p_client
            and v.version < coalesce(p_after_version, 2147483647)
          order by v.version desc limit p_limit + 1)
        union all
        select c.id, 1, c.created_at, 'import', '[]', i.created_by, null
          from clients c join imports i on i.clinic_id = c.clinic_id and i.id = c.import_id
          where c.clinic_id = app.current_clinic() and c.id = p_client and coalesce(p_after_version, 2) > 1
      ) as own
      order by own.version desc limit p_limit + 1;
  else
    open versions for
      with every as (
        select v.client_id, v.version, v.at, v.action, v.changes, v.professional_id, v.merge_id,
            coalesce(m.loser_id = v.client_id, false) as lost
          from client_versions v left join client_merges m on m.clinic_id = v.clinic_id and m.id = v.merge_id
          where v.clinic_id = app.current_clinic() and v.client_id = any (records)
        union all
        select c.id, 1, c.created_at, 'import', '[]', i.created_by, null, false
          from clients c join imports i on i.clinic_id = c.clinic_id and i.id = c.import_id
          where c.clinic_id = app.current_clinic() and c.id = any (records)
      ), placed as (
        -- A merge makes a version of both records: list the winner's first.
        select *, row_number() over (order by every.at desc, every.lost, every.version desc, every.client_id) as place from every
      )
      select p.client_id, p.version, p.at, p.action, p.changes, p.professional_id, p.merge_id from placed p
        where p_after_version is null or p.place > (
          select a.place from placed a where a.client_id = p_after_client and a.version = p_after_version limit 1
        )
        order by p.place limit p_limit + 1;
  end if;
  loop
    fetch versions into client_id, version, at, action, changes, professional_id, merge_id;
    exit when not found;
    fits := given < p_limit;
    if fits then
      -- Versions written by earlier releases contain all imported columns twice.
      changes := app.compact_changes(changes);
      bytes := bytes + octet_length(changes::text);
      fits := given = 0 or bytes <= p_bytes;
    end if;
    if not fits then
      changes := '[]';
    end if;
    given := given + 1;
    return next;
    exit when not fits;
  end loop;
  close versions;
end
$$;
