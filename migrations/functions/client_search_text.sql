-- The text that a client is searched by: document, phones, names and e-mail, the guardian's phone and name too, folded (app.fold).
create or replace function app.client_search_text(
  document text, phone text, secondary_phone text, first_name text, social_name text, last_name text, email text,
  guardian_name text default null, guardian_phone text default null
) returns text
language sql immutable parallel safe
-- Cut to what an index accepts; no real name is that long.
return left(
  ' ' || coalesce(lower(document), '')
  || ' ' || coalesce(regexp_replace(phone, '^\+(55)?', ''), '')
  || ' ' || coalesce(regexp_replace(secondary_phone, '^\+(55)?', ''), '')
  || coalesce(' ' || regexp_replace(guardian_phone, '^\+(55)?', ''), '')
  || ' ' || app.fold(
    first_name || ' ' || coalesce(social_name || ' ', '') || coalesce(last_name || ' ', '') || coalesce(email, '')
    || coalesce(' ' || guardian_name, '')
  ), 400
);
