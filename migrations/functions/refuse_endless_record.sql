-- Refuses more than a megabyte of imported columns, as a safety net behind the server's own limits. Records that were larger
-- before can be changed if they do not grow (see the triggers' conditions).
create or replace function app.refuse_endless_record() returns trigger
language plpgsql as $$
begin
  raise exception 'the imported columns of client % are too long', new.id
    using errcode = 'check_violation', schema = 'public', table = 'clients', constraint = 'clients_extra_size_check';
end
$$;
