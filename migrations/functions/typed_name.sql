-- What was typed as the beginning of a whole name.
create or replace function app.typed_name(p_query text) returns text
language plpgsql immutable parallel safe as $$
begin
  return btrim(regexp_replace(app.fold(p_query), '\s+', ' ', 'g'));
end
$$;
