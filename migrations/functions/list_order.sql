-- The order of a list in SQL; null for one without order.
create or replace function app.list_order(sort text) returns text
language sql immutable parallel safe
return
  case sort
    when 'match' then 'order by rank, full_name, id'
    when 'name' then 'order by full_name, id'
    when '-name' then 'order by full_name desc, id desc'
    when 'createdAt' then 'order by id'
    when '-createdAt' then 'order by id desc'
    when 'updatedAt' then 'order by updated_at, id'
    when '-updatedAt' then 'order by updated_at desc, id desc'
  end;
