-- Search that forgives. Pattern matching is not leakproof, so under row-level security it could not use the index:
-- these functions run as the owner of the tables and carry the clinic condition themselves. They hand back ids alone.

-- What a query asks for: patterns that all have to match. Words shorter than three letters match the start of a word.
create function app.search_patterns(query text) returns text[]
language plpgsql immutable parallel safe as $$
declare
  folded text := trim(app.fold(query));
  digits text := regexp_replace(query, '\D', '', 'g');
  word text;
  patterns text[] := '{}';
begin
  -- A phone or a document as people write it: digits and punctuation alone, or a CNPJ with letters.
  if length(digits) >= 3 and query ~ '^[\s\d().+/-]+$' then
    return array['%' || case when length(digits) in (12, 13) and query ~ '^\s*(\+|55)' then regexp_replace(digits, '^55', '') else digits end || '%'];
  end if;
  if query ~* '^\s*[0-9a-z]{2}\.?[0-9a-z]{3}\.?[0-9a-z]{3}/?[0-9a-z]{4}-?\d{2}\s*$' and length(digits) >= 2 and query ~ '\d' then
    return array['%' || regexp_replace(folded, '[^0-9a-z]', '', 'g') || '%'];
  end if;
  foreach word in array regexp_split_to_array(folded, '\s+') loop
    continue when word = '';
    if word ~ '^[\d().+-]+$' and regexp_replace(word, '\D', '', 'g') <> '' then
      word := regexp_replace(word, '\D', '', 'g');
    end if;
    word := regexp_replace(word, '([\\%_])', '\\\1', 'g');
    patterns := patterns || case when length(word) < 3 then '% ' || word || '%' else '%' || word || '%' end;
  end loop;
  return patterns;
end
$$;

-- Names of a clinic's clients, each word once: what a mistyped word is compared with.
create table client_words (
  clinic_id uuid not null,
  word text not null,
  constraint client_words_pk primary key (clinic_id, word),
  constraint client_words_clinic_fk foreign key (clinic_id) references clinics (id)
);
create index client_words_trigram_idx on client_words using gin (clinic_id, word public.gin_trgm_ops);

create function app.words_of(name text) returns setof text
language sql immutable parallel safe
begin atomic
  select word from regexp_split_to_table(app.fold(name), '[^[:alnum:]]+') as word where length(word) >= 3;
end;

create function app.remember_client_words() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('app.system', 'on', true);
  insert into client_words (clinic_id, word)
    select distinct n.clinic_id, w.word
    from new_clients n, app.words_of(n.first_name || ' ' || coalesce(n.social_name, '') || ' ' || coalesce(n.last_name, '')) as w (word)
    where not exists (select from client_words k where k.clinic_id = n.clinic_id and k.word = w.word)
    order by 1, 2
    on conflict do nothing;
  perform set_config('app.system', 'off', true);
  return null;
end
$$;
create trigger clients_words_inserted after insert on clients
  referencing new table as new_clients for each statement execute function app.remember_client_words();
create trigger clients_words_updated after update on clients
  referencing new table as new_clients for each statement execute function app.remember_client_words();

-- For each word of a query the names it may have been meant for, joined by `|`: one letter off, or two in long words.
create function app.near_patterns(query text) returns text[]
language plpgsql stable set search_path = public, pg_temp set pg_trgm.similarity_threshold = 0.2 as $$
declare
  typed text;
  slips integer;
  near text[];
  patterns text[] := '{}';
begin
  for typed in select w from app.words_of(query) as w loop
    slips := case when length(typed) >= 7 then 2 else 1 end;
    select array_agg(candidate.word) into near from (
      select c.word from client_words c
      where c.clinic_id = app.current_clinic() and c.word % typed
        and levenshtein_less_equal(c.word, typed, slips) <= slips
      order by levenshtein(c.word, typed), c.word
      limit 4
    ) as candidate;
    patterns := patterns || array_to_string(coalesce(near, array[typed]), '|');
  end loop;
  return patterns;
end
$$;

-- The ids of matching clients, in the order of the list, from after a place on; with p_near, of those that nearly match.
create function app.search_clients(
  p_query text,
  p_near boolean,
  p_conditions jsonb,
  p_after_key text,
  p_after_id uuid,
  p_limit integer
) returns table (id uuid)
language plpgsql stable rows 50 security definer set search_path = public, pg_temp as $$
declare
  conditions text := '';
  pattern text;
  sort text := coalesce(p_conditions ->> 'sort', 'name');
begin
  if app.current_clinic() is null then
    return;
  end if;
  foreach pattern in array (case when p_near then app.near_patterns(p_query) else app.search_patterns(p_query) end) loop
    -- Words of near patterns are letters and digits alone.
    conditions := conditions || ' and (' || case
      when p_near then (select string_agg(format('search_text like %L', '% ' || word || '%'), ' or ') from unnest(string_to_array(pattern, '|')) as word)
      else format('search_text like %L', pattern)
    end || ')';
  end loop;
  if p_near and conditions = '' then
    return;
  end if;
  if p_conditions ->> 'professionalId' is not null then
    conditions := conditions || format(' and professional_id = %L', p_conditions ->> 'professionalId');
  end if;
  if p_conditions ->> 'city' is not null then
    conditions := conditions || format(' and app.fold(city) = app.fold(%L)', p_conditions ->> 'city');
  end if;
  if p_conditions ->> 'state' is not null then
    conditions := conditions || format(' and state = %L', p_conditions ->> 'state');
  end if;
  if p_conditions ->> 'tag' is not null then
    conditions := conditions || format(' and %L = any (tags)', p_conditions ->> 'tag');
  end if;
  if p_conditions ->> 'birthMonth' is not null then
    conditions := conditions || format(' and extract(month from date_of_birth) = %s', (p_conditions ->> 'birthMonth')::integer);
  end if;
  return query execute format(
    'select id from clients where clinic_id = %L and archived_at is %s %s %s %s limit %s',
    app.current_clinic(),
    case when p_conditions ->> 'status' = 'archived' then 'not null' else 'null' end,
    conditions,
    case
      when p_after_id is null then ''
      when sort = 'name' then format('and (full_name, id) > (%L collate "pt-BR-x-icu", %L::uuid)', p_after_key, p_after_id)
      when sort = '-createdAt' then format('and id < %L', p_after_id)
      else format('and (updated_at, id) < (%L::timestamptz, %L::uuid)', p_after_key, p_after_id)
    end,
    case sort
      when 'name' then 'order by full_name, id'
      when '-createdAt' then 'order by id desc'
      when '-updatedAt' then 'order by updated_at desc, id desc'
      else ''
    end,
    p_limit
  );
end
$$;

-- How many match, counted up to a limit.
create function app.count_clients(p_query text, p_near boolean, p_conditions jsonb, p_limit integer) returns integer
language sql stable
begin atomic
  select count(*)::integer from app.search_clients(p_query, p_near, p_conditions || '{"sort": "none"}', null, null, p_limit);
end;
