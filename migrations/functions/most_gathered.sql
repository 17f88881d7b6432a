-- Up to so many matches of a search among so many clients are gathered, ranked and counted in one go, which takes less than walking
-- an index until a page is full, and looking for the number apart.
create or replace function app.most_gathered(p_listed bigint default 0) returns integer
language sql immutable parallel safe
return greatest(2000, p_listed / 300);
