-- Whether a client wants no messages: the latest answer to the text about them is a refusal, or was withdrawn. Nobody has to have
-- agreed: without an answer, messages about an appointment belong to it.
create or replace function app.refuses_messages(p_client uuid) returns boolean
language sql stable
begin atomic
  select coalesce((
    select c.decision = 'refused' or w.consent_id is not null
    from public.consents c
    join public.consent_texts t on t.clinic_id = c.clinic_id and t.id = c.text_id and t.purpose = 'messages'
    left join public.consent_withdrawals w on w.clinic_id = c.clinic_id and w.consent_id = c.id
    where c.clinic_id = app.current_clinic() and c.client_id = any (array(select app.records_of(p_client)))
    order by c.given_on desc, c.id desc limit 1
  ), false);
end;
