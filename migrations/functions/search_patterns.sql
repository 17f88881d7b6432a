-- The `like` patterns of a query, all of which have to match. Words shorter than three letters match only the start of a word.
-- At most twelve different words are used: nobody's name has more, and each one costs.
create or replace function app.search_patterns(query text) returns text[]
language plpgsql immutable parallel safe as $$
declare
  folded text := btrim(app.fold(query), E' \t\n\r');
  digits text := regexp_replace(folded, '[^0-9]', '', 'g');
  word text;
  patterns text[] := '{}';
begin
  -- A phone or document as people write it, only digits and punctuation: drop country code and leading zero.
  if length(digits) >= 3 and folded ~ '^[\s0-9().+/]+$' then
    return array['%' || case
      when folded like '+55%' or length(digits) in (12, 13) and digits like '55%' then substr(digits, 3)
      when length(digits) in (11, 12) then regexp_replace(digits, '^0', '')
      else digits
    end || '%'];
  end if;
  -- An alphanumeric CNPJ, recognised from its third group on while it is being typed.
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
