-- The names of a clinic that a word may have been meant for, nearest first: at most four that differ by up to `slips` letters.
-- Cut a word with n wrong letters into n + 1 pieces, and at least one piece is right. So only names that begin with the first,
-- contain the middle or end with the last piece have to be compared, and the index finds those. Compares at most p_compared
-- names: only a register of made-up words has more.
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
