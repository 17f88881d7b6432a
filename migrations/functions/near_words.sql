-- The names of a clinic that a word may have been meant for, the nearest first: at most four that are `slips` letters off.
-- A word of which that many letters are wrong has, cut into one piece more, one piece that is right: the names that begin
-- with the first, hold the middle one or end with the last are all that have to be compared, and the index finds them. No
-- more than p_compared of them are looked at: only a register of made-up words has so many.
create or replace function app.near_words(typed text, slips integer, p_compared integer) returns text[]
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
