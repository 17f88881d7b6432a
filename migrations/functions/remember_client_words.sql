-- Adds the words of new and changed names to client_words, where near search finds them.
create or replace function app.remember_client_words() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outside text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.system', 'on', true);
  insert into client_words (clinic_id, word)
    select distinct n.clinic_id, w.word
    from new_clients n, app.words_of(n.first_name || ' ' || coalesce(n.social_name, '') || ' ' || coalesce(n.last_name, '')) as w (word)
    -- Clients of large imports wait for the search index; the import adds their words itself.
    where n.in_search_index and not exists (select from client_words k where k.clinic_id = n.clinic_id and k.word = w.word)
    order by 1, 2
    on conflict do nothing;
  perform set_config('app.system', outside, true);
  return null;
end
$$;
