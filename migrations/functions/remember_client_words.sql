-- Adds the words of new and changed names to client_words, where near search finds them. Clients of large imports wait for the
-- search index: their words are added together with them. Planned once a connection, which takes longer than running it, and told
-- to look words up one by one however few there were at that time.
create or replace function app.remember_client_words() returns trigger
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  outside text := coalesce(current_setting('app.system', true), '');
  clinics uuid[];
  names text[];
begin
  perform set_config('app.system', 'on', true);
  -- Each name once, first and last ones apart: many people share them.
  if tg_op = 'INSERT' then
    select array_agg(d.clinic_id), array_agg(d.name) into clinics, names from (
      select distinct n.clinic_id, v.name
        from new_clients n, unnest(array[n.first_name, n.social_name, n.last_name]) as v (name)
        where n.in_search_index and v.name <> ''
    ) as d;
  else
    select array_agg(d.clinic_id), array_agg(d.name) into clinics, names from (
      select n.clinic_id, v.name
        from new_clients n, unnest(array[n.first_name, n.social_name, n.last_name]) as v (name)
        where n.in_search_index and v.name <> ''
      except
      select o.clinic_id, v.name
        from old_clients o, unnest(array[o.first_name, o.social_name, o.last_name]) as v (name)
        where o.in_search_index
    ) as d;
  end if;
  if names is not null then
    insert into client_words (clinic_id, word)
      select distinct n.clinic_id, w.word
      from unnest(clinics, names) as n (clinic_id, name), app.words_of(n.name) as w (word)
      where not exists (select from client_words k where k.clinic_id = n.clinic_id and k.word = w.word)
      order by 1, 2
      on conflict do nothing;
  end if;
  perform set_config('app.system', outside, true);
  return null;
end
$$;
