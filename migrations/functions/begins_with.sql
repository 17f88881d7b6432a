-- Whether a whole name begins with what was typed (app.typed_name), in whichever accents and case. In the order of names these people
-- stand together, first those whose whole name it is, then those whose first name it is. U+FFFF comes after every letter (UTS 35).
-- PostgreSQL puts its text where it is called, so that it is a range of an index.
create or replace function app.begins_with(p_full_name text, p_typed text) returns boolean
language sql immutable parallel safe
return p_full_name >= p_typed collate "pt-BR-x-icu" and p_full_name < (p_typed || U&'\FFFF') collate "pt-BR-x-icu";
