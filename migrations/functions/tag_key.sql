-- What two spellings of a tag have in common: “ Diabética ” and “diabetica” are one tag. A name of nothing that app.fold keeps is
-- its own key. Stored in clinic_tags: changing what it does needs a migration that rewrites them.
create or replace function app.tag_key(name text) returns text
language plpgsql immutable strict parallel safe as $$
begin
  return coalesce(nullif(btrim(regexp_replace(app.fold(name), '\s+', ' ', 'g')), ''), name);
end
$$;
