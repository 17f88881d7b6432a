-- What a mistyped word may have been meant for. Two neighbouring letters that changed places are one slip, the likeliest.
-- And where every word is somebody's name and still nobody has them all, one name may be the slip of another: “Luiz Souza”
-- for “Luís Sousa”.
create or replace function app.near_patterns(query text) returns text[]
-- Planned for the very words: only then is the trigram index used.
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  words text[] := array(select w from app.words_of(query) as w);
  known boolean[] := '{}';
  typed text;
  slips integer;
  near text[];
  patterns text[] := '{}';
begin
  foreach typed in array words loop
    known := known || exists (
      select from client_words c where c.clinic_id = app.current_clinic() and c.word like '%' || typed || '%'
    );
  end loop;
  for place in 1 .. cardinality(words) loop
    typed := words[place];
    slips := case when length(typed) >= 7 then 2 else 1 end;
    near := null;
    -- Of three letters, nearly every name is one letter off.
    if not known[place] or (true = all (known) and length(typed) > 3) then
      select array_agg(c.word) into near from client_words c
        where c.clinic_id = app.current_clinic() and c.word <> typed and c.word = any (array(
          select overlay(typed placing reverse(substr(typed, i, 2)) from i for 2) from generate_series(1, length(typed) - 1) as i
        ));
      if near is null then
        select array_agg(candidate.word) into near from (
          select c.word from client_words c
          where c.clinic_id = app.current_clinic() and length(c.word) between length(typed) - slips and length(typed) + slips
            and levenshtein_less_equal(c.word, typed, slips) <= slips
          order by levenshtein(c.word, typed), c.word
          limit 4
        ) as candidate;
      elsif known[place] then
        near := near || typed;
      end if;
    end if;
    patterns := patterns || array_to_string(coalesce(near, array[typed]), '|');
  end loop;
  return patterns;
end
$$;
