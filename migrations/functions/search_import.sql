-- The ids of the clients whom an import created or changed and who match a search, in no order. Runs as the caller: those of one
-- import are few enough to be read without an index for the search.
create or replace function app.search_import(p_query text, p_near boolean, p_conditions jsonb, p_import uuid)
returns table (id uuid)
language plpgsql stable set search_path = public, pg_temp as $$
declare
  conditions text := app.client_conditions(p_query, p_near, p_conditions);
begin
  if conditions is null then
    return;
  end if;
  return query execute 'select c.id from clients c
    where c.clinic_id = app.current_clinic() and c.id in (
      select i.id from clients i where i.clinic_id = app.current_clinic() and i.import_id = $1
      union
      select v.client_id from client_versions v where v.clinic_id = app.current_clinic() and v.import_id = $1
    )' || conditions using p_import;
end
$$;
