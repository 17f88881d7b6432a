-- An import finds the one of many who share a phone or an e-mail, and of many who have neither, by name and date of birth:
-- however many they are, that takes the same time. The first two take the places of indexes without the name.
drop index clients_phone_idx;
create index clients_phone_idx on clients (clinic_id, phone, full_name, date_of_birth) where phone_shared;
drop index clients_email_idx;
create index clients_email_idx on clients (clinic_id, lower(email), full_name, date_of_birth) where email is not null;
create index clients_bare_idx on clients (clinic_id, full_name, date_of_birth)
  where document is null and phone is null and email is null;
