-- Search that forgives. Pattern matching is not leakproof, so under row-level security it could not use the index:
-- these functions run as the owner of the tables and carry the clinic condition themselves. They hand back ids alone.

-- What a query asks for: patterns that all have to match. Words shorter than three letters match the start of a word.
create function app.search_patterns(query text) returns text[]
language plpgsql immutable parallel safe as $$
declare
  folded text := btrim(app.fold(query), E' \t\n\r');
  digits text := regexp_replace(folded, '[^0-9]', '', 'g');
  word text;
  patterns text[] := '{}';
begin
  -- A phone or a document as people write it: digits and punctuation alone, without the country and the trunk zero.
  if length(digits) >= 3 and folded ~ '^[\s0-9().+/]+$' then
    return array['%' || case
      when folded like '+55%' or length(digits) in (12, 13) and digits like '55%' then substr(digits, 3)
      when length(digits) in (11, 12) then regexp_replace(digits, '^0', '')
      else digits
    end || '%'];
  end if;
  -- A CNPJ with letters, from its third group on as it is being typed.
  if digits <> '' and query ~* '^\s*[0-9a-z]{2}\.[0-9a-z]{3}\.[0-9a-z]{0,3}(/[0-9a-z]{0,4}(-[0-9]{0,2})?)?\s*$' then
    return array['%' || regexp_replace(folded, '[^0-9a-z]', '', 'g') || '%'];
  end if;
  foreach word in array regexp_split_to_array(folded, '\s+') loop
    continue when word = '';
    if word ~ '^[0-9().+]+$' and word ~ '[0-9]' then
      word := regexp_replace(word, '[^0-9]', '', 'g');
    end if;
    word := regexp_replace(word, '([\\%_])', '\\\1', 'g');
    word := case when length(word) < 3 then '% ' || word || '%' else '%' || word || '%' end;
    if word <> all (patterns) then
      patterns := patterns || word;
    end if;
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
create index client_words_length_idx on client_words (clinic_id, length(word), word);

-- The words of a name that a slip can be told in; longer ones than 40 letters are nobody's name.
create function app.words_of(name text) returns setof text
language sql immutable parallel safe
begin atomic
  select word from regexp_split_to_table(app.fold(name) collate "und-x-icu", '[^[:alnum:]]+') as word
  where length(word) between 3 and 40;
end;

create function app.remember_client_words() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outside text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.system', 'on', true);
  insert into client_words (clinic_id, word)
    select distinct n.clinic_id, w.word
    from new_clients n, app.words_of(n.first_name || ' ' || coalesce(n.social_name, '') || ' ' || coalesce(n.last_name, '')) as w (word)
    -- An import remembers the words of all its clients at once.
    where n.in_search_index and not exists (select from client_words k where k.clinic_id = n.clinic_id and k.word = w.word)
    order by 1, 2
    on conflict do nothing;
  perform set_config('app.system', outside, true);
  return null;
end
$$;
create trigger clients_words_inserted after insert on clients
  referencing new table as new_clients for each statement execute function app.remember_client_words();
create trigger clients_words_updated after update on clients
  referencing new table as new_clients for each statement execute function app.remember_client_words();

-- For each word of a query the names it may have been meant for, joined by `|`: itself where a name holds it, else names
-- one letter off, or two in long words.
create function app.near_patterns(query text) returns text[]
language plpgsql stable set search_path = public, pg_temp as $$
declare
  typed text;
  slips integer;
  near text[];
  patterns text[] := '{}';
begin
  for typed in select w from app.words_of(query) as w loop
    slips := case when length(typed) >= 7 then 2 else 1 end;
    near := null;
    if not exists (select from client_words c where c.clinic_id = app.current_clinic() and c.word like '%' || typed || '%') then
      select array_agg(candidate.word) into near from (
        select c.word from client_words c
        where c.clinic_id = app.current_clinic() and length(c.word) between length(typed) - slips and length(typed) + slips
          and levenshtein_less_equal(c.word, typed, slips) <= slips
        order by levenshtein(c.word, typed), c.word
        limit 4
      ) as candidate;
    end if;
    patterns := patterns || array_to_string(coalesce(near, array[typed]), '|');
  end loop;
  return patterns;
end
$$;

-- What a list asks for, as conditions of a statement; null where a query says nothing that could match.
create function app.client_conditions(p_query text, p_near boolean, p_conditions jsonb) returns text
language plpgsql stable set search_path = public, pg_temp as $$
declare
  pattern text;
  conditions text := '';
  wanted text[] := array_remove(array[
    'tag:' || (p_conditions ->> 'tag'), 'city:' || app.fold(p_conditions ->> 'city'), 'state:' || (p_conditions ->> 'state'),
    'month:' || (p_conditions ->> 'birthMonth')
  ], null);
begin
  foreach pattern in array (case when p_near then app.near_patterns(p_query) else app.search_patterns(p_query) end) loop
    -- Words of near patterns are letters and digits alone.
    conditions := conditions || ' and (' || case
      when p_near then (select string_agg(format('search_text like %L', '%' || word || '%'), ' or ') from unnest(string_to_array(pattern, '|')) as word)
      else format('search_text like %L', pattern)
    end || ')';
  end loop;
  if conditions = '' and (p_near or p_query <> '') then
    return null;
  end if;
  return conditions || case when wanted <> '{}' then format(' and facets @> %L', wanted) else '' end;
end
$$;

-- How many rows the planner expects of a statement.
create function app.expected_rows(statement text) returns numeric
language plpgsql volatile as $$
declare
  plan json;
begin
  execute 'explain (format json) ' || statement into plan;
  return plan #>> '{0,Plan,Plan Rows}';
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
language plpgsql volatile rows 50 security definer set search_path = public, pg_temp as $$
declare
  conditions text := app.client_conditions(p_query, p_near, p_conditions);
  sort text := coalesce(p_conditions ->> 'sort', 'none');
  listed text;
  matching text;
  indexed text;
  expected numeric;
  page uuid[];
  waiting boolean := exists (select from clients where clinic_id = app.current_clinic() and not in_search_index);
begin
  if app.current_clinic() is null or conditions is null then
    return;
  end if;
  listed := format(
    'select id, full_name, updated_at, search_text, facets from clients where clinic_id = %L and archived_at is %s %s %s',
    app.current_clinic(),
    case when p_conditions ->> 'status' = 'archived' then 'not null' else 'null' end,
    case when p_conditions ? 'professionalId' then format('and professional_id = %L', p_conditions ->> 'professionalId') end,
    case
      when p_after_id is null then ''
      when sort = 'name' then format('and (full_name, id) > (%L collate "pt-BR-x-icu", %L::uuid)', p_after_key, p_after_id)
      when sort = '-createdAt' then format('and id < %L', p_after_id)
      -- The key counts microseconds since 1970.
      else format('and (updated_at, id) < (%L::timestamptz, %L::uuid)', timestamptz 'epoch' + p_after_key::bigint * interval '1 microsecond', p_after_id)
    end
  );
  matching := listed || conditions;
  indexed := matching || ' and in_search_index';
  -- Bearers of a name stand together in the order of names, where the planner expects them spread: left to itself it would
  -- walk past everybody before them. Few are gathered and sorted instead; for many the walk is the shorter way. In between a
  -- short walk tells whether they are spread, as surnames are.
  if sort = 'name' and conditions <> '' then
    expected := app.expected_rows(indexed);
    if expected between 1500 and 5000 and not waiting then
      execute format(
        'select array(select id from (%s and in_search_index order by full_name, id limit 4000) as first where true %s order by full_name, id limit %s)',
        listed, conditions, p_limit
      ) into page;
    end if;
    if expected <= 5000 then
      indexed := indexed || ' offset 0';
    end if;
  end if;
  if waiting then
    matching := format('(%s) union all (%s and not in_search_index)', indexed, matching);
  elsif cardinality(page) = p_limit then
    return query select unnest(page);
    return;
  else
    matching := indexed;
  end if;
  return query execute format(
    'select id from (%s) as matching %s limit %s',
    matching,
    case
      when sort = 'name' then 'order by full_name, id'
      when sort = '-createdAt' then 'order by id desc'
      when sort = '-updatedAt' then 'order by updated_at desc, id desc'
      -- Counting what matches: ids have nothing to do with names, so what is frequent is soon found along them.
      when conditions <> '' then 'order by id'
    end,
    p_limit
  );
end
$$;

-- How many match, counted up to a limit.
create function app.count_clients(p_query text, p_near boolean, p_conditions jsonb, p_limit integer) returns integer
language sql volatile
begin atomic
  select count(*)::integer from app.search_clients(p_query, p_near, p_conditions || '{"sort": "none"}', null, null, p_limit);
end;

-- Takes clients of a large import into the search index, at most p_limit of them; gives how many. One caller at a time, and
-- rows that somebody is changing wait for the next call.
create function app.index_clients(p_limit integer) returns integer
language plpgsql as $$
declare
  taken integer;
begin
  if not pg_try_advisory_xact_lock(hashtext('app.index_clients')) then
    return 0;
  end if;
  update clients c set in_search_index = true
    from (select w.clinic_id, w.id from clients w where not w.in_search_index limit p_limit for update skip locked) as waiting
    where c.clinic_id = waiting.clinic_id and c.id = waiting.id;
  get diagnostics taken = row_count;
  return taken;
end
$$;
