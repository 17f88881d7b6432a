-- Whether a search can be for no name, city or tag: it is a phone, a document or a date.
create or replace function app.has_no_letters(p_query text) returns boolean
language sql immutable parallel safe
return p_query ~ '^[\s0-9().,+/-]*$';
