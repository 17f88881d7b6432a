-- A tag as it was written, without spaces around it and with single ones within. What consists of spaces alone stays as it is.
create or replace function app.tidy_tag(written text) returns text
language sql immutable strict parallel safe
return coalesce(nullif(btrim(regexp_replace(written, '\s+', ' ', 'g')), ''), written);
