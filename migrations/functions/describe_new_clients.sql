-- Fills the columns for search and filters of new clients, once after each statement: a trigger before each row would make
-- COPY write row by row. Skips the clients of an import, which fills them itself.
create or replace function app.describe_new_clients() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outside text := coalesce(current_setting('app.system', true), '');
begin
  -- Whoever writes few has filled them. An update of nobody would still have all triggers of updates run.
  if not exists (select from new_clients where search_text = '') then
    return null;
  end if;
  perform set_config('app.system', 'on', true);
  update clients c set
    search_text = app.client_search_text(
      n.document, n.phone, n.secondary_phone, n.first_name, n.social_name, n.last_name, n.email,
      n.guardian_name, n.guardian_phone
    ),
    facets = app.facets(n.tags, n.city, n.state, n.date_of_birth)
    from new_clients n
    where n.search_text = '' and c.clinic_id = n.clinic_id and c.id = n.id;
  perform set_config('app.system', outside, true);
  return null;
end
$$;
