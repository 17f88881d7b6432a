-- Refused rows are kept many to a row here, compressed: one by one they took sixty times the space of their file.
alter table import_rejects add column packed bytea;
alter table import_rejects alter column packed set storage external;
comment on column import_rejects.packed is 'refused rows from this line on, as compressed JSON; null where the row holds one by itself';
