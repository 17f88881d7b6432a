-- The devices on which people want to be told what clients answer (Web Push, RFC 8030).

create table push_subscriptions (
  clinic_id uuid not null,
  id uuid not null default app.uuid_v7(),
  professional_id uuid not null,
  session_id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  server_key text not null,
  created_at timestamptz not null default now(),
  constraint push_subscriptions_pk primary key (clinic_id, id),
  -- A browser has one; whoever signs in on it last gets its messages.
  constraint push_subscriptions_endpoint_key unique (clinic_id, endpoint),
  constraint push_subscriptions_professional_fk foreign key (clinic_id, professional_id)
    references professionals (clinic_id, id),
  constraint push_subscriptions_session_fk foreign key (clinic_id, session_id)
    references device_sessions (clinic_id, id) on delete cascade
);
comment on column push_subscriptions.session_id is 'nothing is sent once this device session is over';
comment on column push_subscriptions.endpoint is 'address at the browser''s push service: a secret, never in an answer or a log';
comment on column push_subscriptions.server_key is 'the public key of ours that the browser was given';
create index push_subscriptions_professional_idx on push_subscriptions (clinic_id, professional_id);
create index push_subscriptions_session_idx on push_subscriptions (clinic_id, session_id);
