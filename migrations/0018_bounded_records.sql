-- What one record, its history and one search may cost.

-- What changes say of imported columns, one by one; null where a column is not there. Other fields come as they are.
create function app.split_changes(changes jsonb) returns table (field text, part text, old_value jsonb, new_value jsonb)
language sql immutable parallel safe
begin atomic
  select change ->> 'field', null::text, change -> 'from', change -> 'to'
    from jsonb_array_elements(changes) as change where change ->> 'field' <> 'extra'
  union all
  select 'extra', parts.key, parts.before, parts.after
    from jsonb_array_elements(changes) as change
    cross join lateral (
      select coalesce(f.key, t.key) as key, f.value as before, t.value as after
      from jsonb_each(nullif(change -> 'from', 'null')) as f
      full join jsonb_each(nullif(change -> 'to', 'null')) as t on t.key = f.key
    ) as parts
    where change ->> 'field' = 'extra';
end;

-- Changes as a version keeps them: of the imported columns only those that differ, so that a long record is not stored
-- again with every change. The release before reads both forms.
create function app.compact_changes(changes jsonb) returns jsonb
language plpgsql immutable parallel safe as $$
declare
  change jsonb;
  before jsonb;
  after jsonb;
  compact jsonb := '[]';
begin
  if not changes @> '[{"field": "extra"}]' then
    return changes;
  end if;
  for place in 0 .. jsonb_array_length(changes) - 1 loop
    change := changes -> place;
    if change ->> 'field' = 'extra' then
      before := nullif(change -> 'from', 'null');
      after := nullif(change -> 'to', 'null');
      select jsonb_build_object(
          'field', 'extra',
          'from', jsonb_object_agg(part, before -> part) filter (where before ? part),
          'to', jsonb_object_agg(part, after -> part) filter (where after ? part)
        ) into change
        from (select jsonb_object_keys(before) union select jsonb_object_keys(after)) as parts (part)
        where before -> part is distinct from after -> part;
    end if;
    compact := compact || jsonb_build_array(change);
  end loop;
  return compact;
end
$$;

-- A page of what changed in a client and in the records merged into it, the newest first, from behind a version on: at most
-- p_limit versions, and no more once they fill p_bytes. What no longer fits comes as one last row that does not `fit`. An
-- import keeps no first version of the clients it makes: its own row says who and when, once for all of them.
create function app.client_history(
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
        -- Of the two sides of one merge, that of the record which stayed comes first.
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
      -- Versions of earlier releases hold all columns twice.
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

-- How many versions that history has, counted up to a limit.
create function app.count_history(p_client uuid, p_limit integer) returns integer
language sql stable
begin atomic
  select count(*)::integer from (
    select from public.client_versions v
      where v.clinic_id = app.current_clinic() and v.client_id = any (array(select app.records_of(p_client)))
    union all
    select from public.clients c
      where c.clinic_id = app.current_clinic() and c.id = any (array(select app.records_of(p_client))) and c.import_id is not null
    limit p_limit
  ) as counted;
end;

-- Behind the bounds that the server checks itself: no imported columns of more than a megabyte. Records that are larger
-- already can be changed as long as they do not grow.
create function app.refuse_endless_record() returns trigger
language plpgsql as $$
begin
  raise exception 'the imported columns of client % are too long', new.id
    using errcode = 'check_violation', schema = 'public', table = 'clients', constraint = 'clients_extra_size_check';
end
$$;
create trigger clients_size_checked_when_new after insert on clients
  for each row when (octet_length(new.extra::text) > 1048576)
  execute function app.refuse_endless_record();
create trigger clients_size_checked after update of extra on clients
  for each row when (
    octet_length(new.extra::text) > 1048576
    and octet_length(new.extra::text) > coalesce(octet_length(old.extra::text), 0)
  )
  execute function app.refuse_endless_record();

-- As before, but no more than twelve different words are looked for: nobody's name has more, and each costs.
create or replace function app.search_patterns(query text) returns text[]
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
    exit when cardinality(patterns) = 12;
  end loop;
  return patterns;
end
$$;

-- The names of a clinic that a word may have been meant for, the nearest first: at most four that are `slips` letters off.
-- A word of which that many letters are wrong has, cut into one piece more, one piece that is right: the names that begin
-- with the first, hold the middle one or end with the last are all that have to be compared, and the index finds them. No
-- more than p_compared of them are looked at: only a register of made-up words has so many.
create function app.near_words(typed text, slips integer, p_compared integer) returns text[]
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  size integer := length(typed);
  middle integer := case slips when 1 then 0 else greatest(3, size / 3) end;
  first integer := case slips when 1 then size / 2 else (size - middle + 1) / 2 end;
  starts text := left(typed, first) || '%';
  ends text := '%' || substr(typed, first + middle + 1);
  holds text := case slips when 1 then ends else '%' || substr(typed, first + 1, middle) || '%' end;
begin
  return (
    select array_agg(near.word order by near.distance, near.word) from (
      select c.word, levenshtein(c.word, typed) as distance from (
        select k.word from client_words k
        where k.clinic_id = app.current_clinic() and (k.word like starts or k.word like holds or k.word like ends)
          and length(k.word) between size - slips and size + slips
        limit p_compared
      ) as c
      where levenshtein_less_equal(c.word, typed, slips) <= slips
      order by distance, c.word
      limit 4
    ) as near
  );
end
$$;

-- As before, but for at most six words, which share what is compared. Where more are unknown, nobody was meant, and there
-- are no patterns.
create or replace function app.near_patterns(query text) returns text[]
-- Planned for the very words: only then is the trigram index used.
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  words text[] := array(select w from app.words_of(query) as w limit 12);
  known boolean[] := '{}';
  unknown integer := 0;
  tried integer := 0;
  most integer;
  typed text;
  near text[];
  patterns text[] := '{}';
begin
  foreach typed in array words loop
    known := known || exists (
      select from client_words c where c.clinic_id = app.current_clinic() and c.word like '%' || typed || '%'
    );
    unknown := unknown + (not known[cardinality(known)])::integer;
    if unknown > 6 then
      return '{}';
    end if;
  end loop;
  most := least(6, case when unknown > 0 then unknown else cardinality(words) end);
  for place in 1 .. cardinality(words) loop
    typed := words[place];
    near := null;
    -- Of three letters, nearly every name is one letter off.
    if (not known[place] or (unknown = 0 and length(typed) > 3)) and tried < most then
      tried := tried + 1;
      select array_agg(c.word) into near from client_words c
        where c.clinic_id = app.current_clinic() and c.word <> typed and c.word = any (array(
          select overlay(typed placing reverse(substr(typed, i, 2)) from i for 2) from generate_series(1, length(typed) - 1) as i
        ));
      if near is null then
        near := app.near_words(typed, case when length(typed) >= 7 then 2 else 1 end, 12000 / most);
      elsif known[place] then
        near := near || typed;
      end if;
    end if;
    patterns := patterns || array_to_string(coalesce(near, array[typed]), '|');
  end loop;
  return patterns;
end
$$;
