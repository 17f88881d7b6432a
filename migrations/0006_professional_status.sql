-- Why a person may no longer sign in.
alter table professionals add column deactivation_reason text;
