-- How what comes later in the order of a list compares with what comes before: an order that begins with `-` goes down.
create or replace function app.beyond(p_conditions jsonb) returns text
language sql immutable parallel safe
return case when p_conditions ->> 'sort' like '-%' then '<' else '>' end;
