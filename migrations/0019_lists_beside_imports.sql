-- A list needs nothing of search: it has an index that holds every client from the moment of its import on. What waits for
-- search is only gathered, in any order, so its index is one that is written at its end.
create index clients_listed_idx on clients (clinic_id, professional_id, full_name, id) where archived_at is null;

drop index clients_waiting_idx;
create index clients_waiting_idx on clients (clinic_id, id) where not in_search_index;

drop index clients_archived_idx;
create index clients_archived_idx on clients (clinic_id, full_name, id) where archived_at is not null;
