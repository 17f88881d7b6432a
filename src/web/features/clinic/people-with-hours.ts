import { mayFor } from '../../../shared/permissions.ts';
import { useProfessionalsWithClients } from '../../entities/professional/professional-queries.ts';
import { fullName } from '../../lib/format.ts';
import { useMe } from '../../lib/me.ts';

/** Those whose hours and absences the person may change, the person first. */
export function usePeopleWithHours(): readonly { readonly id: string; readonly name: string }[] {
  const me = useMe();
  const person = { ...me, professionalId: me.id };
  return useProfessionalsWithClients()
    .filter(({ id }) => mayFor(person, 'agenda.hours', id))
    .map((each) => ({ id: each.id, name: fullName(each) }))
    .sort((one, other) => Number(other.id === me.id) - Number(one.id === me.id));
}
