-- The number at which the count of a search stops (`countLimit.some` in src/server/features/clients/listing.ts).
create or replace function app.count_limit() returns integer
language sql immutable parallel safe
return 1000;
