import { useQuery } from '@tanstack/react-query';
import type { Profile } from '../../../shared/contracts/profile.ts';
import { formatSignature } from '../../../shared/format.ts';
import { fullName } from '../../lib/format.ts';
import { useMe } from '../../lib/me.ts';
import { professionalsQuery } from './professional-queries.ts';

type Named = Parameters<typeof fullName>[0] & Pick<Profile, 'council' | 'specialty'>;

const nameOnPaper = (person: Named): string =>
  [fullName(person), formatSignature(person)].filter((part) => part !== '').join(', ');

/**
 * How a professional is named where something is printed or signed: with council and specialty. Undefined for somebody unknown, and
 * while loading. Nobody is asked about oneself.
 */
export function useNameOnPaper(professionalId: string): string | undefined {
  const me = useMe();
  const isOwn = professionalId === me.id;
  const { data: people = [] } = useQuery({ ...professionalsQuery, enabled: !isOwn });
  const person = isOwn ? me : people.find(({ id }) => id === professionalId);
  return person && nameOnPaper(person);
}
