-- What a person may do at this moment besides what the role says, as `Standing` in shared/permissions.ts. What others lend them is
-- looked up for professionals only: administrators and reception reach the whole clinic. A client who was merged into another
-- one is followed, and one who went to somebody else is covered no longer. For system transactions.
create or replace function app.standing_of(
  p_clinic uuid, p_professional uuid, p_role text, p_clinical_denied boolean
) returns jsonb
language plpgsql stable as $$
declare
  sees_clinic boolean := false;
  is_covering boolean;
  has_emergencies boolean;
  covered uuid[] := '{}';
  covered_clients uuid[] := '{}';
  covered_in_part uuid[] := '{}';
  emergencies uuid[] := '{}';
begin
  if p_role = 'professional' then
    -- In one statement, because nearly always nobody lends anything.
    select c.professionals_see = 'all',
        exists (select from coverings v where v.clinic_id = c.id and v.covering_id = p_professional and v.until_at > now()),
        exists (
          select from emergency_accesses e where e.clinic_id = c.id and e.professional_id = p_professional and e.expires_at > now()
        )
      into sees_clinic, is_covering, has_emergencies
      from clinics c where c.id = p_clinic;
    if is_covering then
      covered := array(
        select distinct absent_id from coverings
        where clinic_id = p_clinic and covering_id = p_professional and not named
          and from_at <= now() and until_at > now() and ended_at is null
        order by 1
      );
      select coalesce(array_agg(distinct client.id), '{}'), coalesce(array_agg(distinct v.absent_id), '{}')
        into covered_clients, covered_in_part
        from coverings v
        join covering_clients n on n.clinic_id = v.clinic_id and n.covering_id = v.id
        join clients named on named.clinic_id = n.clinic_id and named.id = n.client_id
        join clients client on client.clinic_id = n.clinic_id and client.id = coalesce(named.merged_into, named.id)
          and client.professional_id = v.absent_id
        where v.clinic_id = p_clinic and v.covering_id = p_professional and v.named
          and v.from_at <= now() and v.until_at > now() and v.ended_at is null;
    end if;
    if has_emergencies then
      emergencies := array(
        select distinct coalesce(c.merged_into, c.id) from emergency_accesses e
        join clients c on c.clinic_id = e.clinic_id and c.id = e.client_id
        where e.clinic_id = p_clinic and e.professional_id = p_professional and e.expires_at > now()
        order by 1
      );
    end if;
  end if;
  return jsonb_build_object(
    'role', p_role,
    'clinicalAccess', p_role in ('administrator', 'professional') and not p_clinical_denied,
    'seesClinic', sees_clinic,
    'covered', covered,
    'coveredClients', covered_clients,
    'coveredInPart', covered_in_part,
    'emergencies', emergencies
  );
end
$$;
