-- For each word of a query the names that may have been meant, joined by `|`: the word itself if some name contains it, else
-- names that differ by one letter, by two for long words. Two swapped neighbouring letters count as one typing error, the
-- likeliest. If every word is somebody's name but nobody has them all, one may be misspelt: “Luiz Souza” for “Luís Sousa”.
-- Corrects at most six words, which share the limit on comparisons. With more unknown words there are no patterns.
create or replace function app.find_near_patterns(query text) returns text[]
-- A plan for these very words: a generic plan would not use the trigram index.
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
    -- With three letters, nearly every name differs by one letter.
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
