-- An import tells how far it has read, and can be repeated from the file that another one brought.
alter table imports add column progress real not null default 0;
alter table imports add column file_id uuid;
comment on column imports.file_id is 'the import whose import_files are read';

-- The queue belongs to the login, not to the role that requests run as: this is the one way to it from within a request's
-- transaction, so that an import and its job are there together or not at all. Imports of a clinic run one after the other.
create function app.queue_import(p_task text, p_payload json) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_task not in ('run_import', 'undo_import') or app.current_clinic() is null then
    raise exception 'not a job of an import' using errcode = 'insufficient_privilege';
  end if;
  perform graphile_worker.add_job(
    p_task, p_payload, queue_name := 'import:' || app.current_clinic(), max_attempts := 12,
    job_key := p_task || ':' || (p_payload ->> 'importId')
  );
end
$$;

-- What search looks at is written anew where what it is made of has changed; who writes it along with the change, as an
-- import does, is believed.
create or replace trigger clients_described_when_changed
  before update of document, phone, secondary_phone, first_name, social_name, last_name, email, tags, city, state, date_of_birth
  on clients for each row
  when (
    new.search_text = old.search_text and new.facets = old.facets
    and (
      old.document, old.phone, old.secondary_phone, old.first_name, old.social_name, old.last_name, old.email, old.tags, old.city,
      old.state, old.date_of_birth
    ) is distinct from (
      new.document, new.phone, new.secondary_phone, new.first_name, new.social_name, new.last_name, new.email, new.tags, new.city,
      new.state, new.date_of_birth
    )
  )
  execute function app.describe_client();
