-- Fills the columns for search and filters. They are not generated columns, because an import computes them itself, a thousand
-- times as fast (clients/bulk/search-text.ts; a test compares both).
create or replace function app.describe_client() returns trigger
language plpgsql as $$
begin
  new.search_text := app.client_search_text(
    new.document, new.phone, new.secondary_phone, new.first_name, new.social_name, new.last_name, new.email,
    new.guardian_name, new.guardian_phone
  );
  new.facets := app.facets(new.tags, new.city, new.state, new.date_of_birth);
  return new;
end
$$;
