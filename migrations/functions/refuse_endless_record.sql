-- Behind the bounds that the server checks itself: no imported columns of more than a megabyte. Records that are larger
-- already can be changed as long as they do not grow (the triggers' conditions).
create or replace function app.refuse_endless_record() returns trigger
language plpgsql as $$
begin
  raise exception 'the imported columns of client % are too long', new.id
    using errcode = 'check_violation', schema = 'public', table = 'clients', constraint = 'clients_extra_size_check';
end
$$;
