-- Rights and row-level security. Applied after migrations, and again when this file or the role has changed. `:role` is replaced
-- by the application role, empty when the login may not create one. Can be run repeatedly.

do $$
declare
  app_role text := nullif(:'role', '');
  -- The rights of the application role on each tenant table.
  rights jsonb := '{
    "clinics": "select, update",
    "visit_types": "select, insert, update",
    "rooms": "select, insert, update",
    "working_hours": "select, insert, update",
    "hours_exceptions": "select, insert, delete",
    "time_off": "select, insert, delete",
    "holidays": "select, insert, delete",
    "appointments": "select, insert, update",
    "appointment_versions": "select, insert",
    "series": "select, insert, update",
    "series_gaps": "select, insert, delete",
    "session_packages": "select, insert, update",
    "waiting_wishes": "select, insert, update, delete",
    "reminder_preferences": "select, insert, update",
    "appointment_reminders": "select, delete",
    "confirmation_links": "select, insert, update",
    "calendar_feeds": "select, insert, delete",
    "push_subscriptions": "select, insert, update, delete",
    "professionals": "select, insert, update",
    "host_entries": "select, update",
    "device_sessions": "select, update",
    "coverings": "select, insert, update",
    "covering_clients": "select, insert",
    "emergency_accesses": "select, insert, update",
    "clients": "select, insert, update",
    "client_versions": "select, insert",
    "client_links": "select, insert, update, delete",
    "consent_texts": "select, insert",
    "consents": "select, insert",
    "consent_withdrawals": "select, insert",
    "incidents": "select, insert, update",
    "privacy_settings": "select, insert, update",
    "policy_versions": "select, insert",
    "clinic_tags": "select, insert, update, delete",
    "message_templates": "select, insert, update, delete",
    "saved_filters": "select, insert, update, delete",
    "client_hand_overs": "select, insert, update",
    "client_bulk_changes": "select, insert, update",
    "client_merges": "select, insert, update",
    "data_requests": "select, insert, update",
    "client_copies": "select, insert, update, delete",
    "client_copy_parts": "select, delete",
    "client_anonymizations": "select, insert, update",
    "duplicate_dismissals": "select, insert, delete",
    "client_words": "select",
    "client_counts": "select",
    "client_count_changes": "select",
    "imports": "select, insert, update",
    "import_files": "select, insert, delete",
    "import_rejects": "select, insert, delete",
    "import_mappings": "select, insert, update",
    "passkeys": "select, insert, delete",
    "idempotency_keys": "select, insert",
    "audit_events": "select, insert",
    "audit_seals": "select"
  }';
  -- Of these, a person of the clinic reaches only some rows, whatever a statement asks for.
  persons jsonb := '{
    "coverings": "app.current_professional_role() in (''administrator'', ''reception'') or app.current_professional() in (absent_id, covering_id)",
    "covering_clients": "exists (select from coverings v where v.clinic_id = covering_clients.clinic_id and v.id = covering_clients.covering_id)",
    "emergency_accesses": "app.current_professional_role() = ''administrator'' or app.current_professional() in (professional_id, owner_id)",
    "consents": "app.reaches_client(client_id)",
    "consent_withdrawals": "exists (select from consents c where c.clinic_id = consent_withdrawals.clinic_id and c.id = consent_withdrawals.consent_id)",
    "data_requests": "app.current_professional_role() <> ''reception'' and app.reaches_client(client_id)",
    "client_copy_parts": "app.current_professional_role() = ''administrator''",
    "incidents": "app.current_professional_role() = ''administrator''"
  }';
  tenant record;
  -- The schemas of the extensions: some hosts keep them outside `public`.
  extension_schemas text[] := array(
    select distinct n.nspname::text from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname in ('pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'fuzzystrmatch') and n.nspname not in ('public', 'pg_catalog')
    order by 1
  );
  item record;
begin
  -- The edit distance of two texts; above `most` any larger number. Created here because it needs the schema of fuzzystrmatch.
  execute format(
    'create or replace function app.letters_apart(a text, b text, most integer) returns integer
     language sql immutable strict parallel safe return %I.levenshtein_less_equal(a, b, most)',
    (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'fuzzystrmatch')
  );
  execute format(
    'create or replace function app.take_application_role() returns void language plpgsql as %L',
    case when app_role is null then 'begin end' else format('begin perform set_config(''role'', %L, true); end', app_role) end
  );
  for tenant in select key as name, value #>> '{}' as privileges from jsonb_each(rights) loop
    execute format('alter table %I enable row level security', tenant.name);
    execute format('drop policy if exists clinic on %I', tenant.name);
    execute format(
      'create policy clinic on %I to %I using (%s)',
      tenant.name,
      coalesce(app_role, current_user),
      case when tenant.name = 'clinics' then 'id' else 'clinic_id' end || ' = (select app.current_clinic())'
        || case when app_role is null then ' or current_setting(''app.system'', true) = ''on''' else '' end
    );
    execute format('drop policy if exists person on %I', tenant.name);
    if persons ? tenant.name then
      execute format(
        'create policy person on %I as restrictive to %I using (%s%s)',
        tenant.name,
        coalesce(app_role, current_user),
        persons ->> tenant.name,
        case when app_role is null then ' or current_setting(''app.system'', true) = ''on''' else '' end
      );
    end if;
    if app_role is null then
      execute format('alter table %I force row level security', tenant.name);
    else
      execute format('alter table %I no force row level security', tenant.name);
      execute format('revoke all on %I from %I', tenant.name, app_role);
      execute format('grant %s on %I to %I', tenant.privileges, tenant.name, app_role);
    end if;
  end loop;
  -- A copy of a database still has the rights of the original's application role: revoke them.
  for item in
    select distinct c.oid::regclass::text as name, pg_get_userbyid(a.grantee) as role
    from pg_class c, aclexplode(c.relacl) as a
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and pg_get_userbyid(a.grantee) ~ '^acolhe_app_[0-9]+$' and pg_get_userbyid(a.grantee) is distinct from app_role
  loop
    execute format('revoke all on %s from %I', item.name, item.role);
  end loop;
  if app_role is not null then
    -- PostgreSQL grants these to everybody by default, but on some servers that was revoked.
    execute format('grant usage on schema app, public to %I', app_role);
    execute format('grant execute on all functions in schema app to %I', app_role);
    for item in select name from unnest(extension_schemas) as name loop
      execute format('grant usage on schema %I to %I', item.name, app_role);
    end loop;
  end if;
end
$$;
