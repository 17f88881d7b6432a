-- Whether the person of this transaction reaches a client, by their role and by what app.standing_of says, or because the client
-- has an appointment with them or with whom they cover: then they have to know who wants no messages. Of merged records one is
-- enough. For the policies of what is kept about clients.
create or replace function app.reaches_client(p_client uuid) returns boolean
language plpgsql stable as $$
declare
  person uuid := app.current_professional();
  person_role text := app.current_professional_role();
  records uuid[];
  owners uuid[];
  standing jsonb;
  agendas uuid[];
begin
  if person_role in ('administrator', 'reception') then
    return true;
  end if;
  if person_role is distinct from 'professional' then
    return false;
  end if;
  with recursive up as (
    select c.id, c.professional_id, case when c.archived_at is not null then c.merged_into end as merged_into
      from clients c where c.clinic_id = app.current_clinic() and c.id = p_client
    union
    select c.id, c.professional_id, case when c.archived_at is not null then c.merged_into end
      from up join clients c on c.clinic_id = app.current_clinic() and c.id = up.merged_into
  )
  select array_agg(id), array_agg(professional_id) into records, owners from up;
  if person = any (owners) then
    return true;
  end if;
  standing := app.standing_of(app.current_clinic(), person, person_role, false);
  agendas := array(select jsonb_array_elements_text(standing -> 'covered')::uuid);
  return (standing ->> 'seesClinic')::boolean
    or owners && agendas
    or records && array(select jsonb_array_elements_text(standing -> 'coveredClients')::uuid)
    or records && array(select jsonb_array_elements_text(standing -> 'emergencies')::uuid)
    or exists (
      select from appointments a
      where a.clinic_id = app.current_clinic() and a.client_id = any (records) and a.professional_id = any (person || agendas)
    );
end
$$;
