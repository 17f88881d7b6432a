-- UUIDv7 (RFC 9562) for servers older than PostgreSQL 18: 48 bits of milliseconds, version and variant, the rest random.
create or replace function app.uuid_v7() returns uuid
language sql volatile parallel safe
return encode(
  set_bit(
    set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6
      ), 52, 1
    ), 53, 1
  ), 'hex'
)::uuid;
