import { plural, t } from '@lingui/core/macro';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';
import { ageOn } from '../../../shared/format.ts';

const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/** “44 anos”, or “8 meses” for a baby; both are plain dates `YYYY-MM-DD`. */
export function describeAge(dateOfBirth: string, day: string): string {
  const years = ageOn(dateOfBirth, day);
  if (years >= 1) return plural(years, { one: '# ano', other: '# anos' });
  const months = Math.max(0, monthOf(day) - monthOf(dateOfBirth));
  return plural(months, { 0: 'menos de 1 mês', one: '# mês', other: '# meses' });
}

type Place = Pick<ClientSummary, 'city' | 'state'>;

/** “Santos, SP”, or whichever of the two is known. */
export const describePlace = ({ city, state }: Place): string =>
  [city, state].filter((part) => part !== null).join(', ');

/** Shown for a client without anything that tells people of one name apart. */
export const describeNothing = (): string => t`Sem telefone nem cidade`;
