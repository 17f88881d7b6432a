-- The words of a name, folded, of 3 to 40 letters: in shorter ones typing errors cannot be recognised.
create or replace function app.words_of(name text) returns setof text
language sql immutable parallel safe
begin atomic
  select word from regexp_split_to_table(app.fold(name) collate "und-x-icu", '[^[:alnum:]]+') as word
  where length(word) between 3 and 40;
end;
