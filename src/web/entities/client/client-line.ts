import { plural, t } from '@lingui/core/macro';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';
import { calculateAge } from '../../lib/format.ts';

/** “44 anos”, or “8 meses” for a baby. */
export function describeAge(dateOfBirth: string): string {
  const years = calculateAge(dateOfBirth);
  if (years >= 1) return plural(years, { one: '# ano', other: '# anos' });
  const now = new Date();
  const [year = 0, month = 1] = dateOfBirth.split('-').map(Number);
  const months = Math.max(0, (now.getFullYear() - year) * 12 + now.getMonth() + 1 - month);
  return plural(months, { 0: 'menos de 1 mês', one: '# mês', other: '# meses' });
}

type Place = Pick<ClientSummary, 'city' | 'state'>;

/** “Santos, SP”, or whichever of the two is known. */
export const describePlace = ({ city, state }: Place): string =>
  [city, state].filter((part) => part !== null).join(', ');

/** Shown for a client without anything that tells people of one name apart. */
export const describeNothing = (): string => t`Sem telefone nem cidade`;
