import { addDays, weekdayOf } from '../../../shared/zoned-time.ts';
import type { IncidentSummary } from '../../../shared/contracts/incidents.ts';
import { holidaysOf } from '../availability/api.ts';

/** Business days within which authority and people are told (Regulamento da Resolução CD/ANPD 15/2024, arts. 6 and 9). */
const daysToTell = 3;
/** Business days after that for what was not known yet (art. 6 § 3). */
const daysToSupplement = 20;
const yearsKept = 5;

/**
 * Whether a day `YYYY-MM-DD` is one: no weekend, no national holiday. Holidays of states, towns and days on which offices may rest
 * are counted, so that a deadline is never later than the authority reckons.
 */
function isBusinessDay(day: string): boolean {
  if (weekdayOf(day) > 5) return false;
  return !holidaysOf(Number(day.slice(0, 4))).some(({ date, kind }) => date === day && kind === 'national');
}

/** The day so many business days after one, which itself does not count. */
export function addBusinessDays(day: string, count: number): string {
  let last = day;
  for (let left = count; left > 0;) {
    last = addDays(last, 1);
    if (isBusinessDay(last)) left -= 1;
  }
  return last;
}

interface Dates {
  /** YYYY-MM-DD, in the clinic's calendar. */
  readonly knownOn: string;
  readonly authorityToldOn: string | null;
  readonly registeredOn: string;
  /** Doubles the time to tell (Resolução CD/ANPD 2/2022, art. 14). */
  readonly isSmallAgent: boolean;
}

/** The deadlines of an incident. */
export function describeDeadlines({
  knownOn,
  authorityToldOn,
  registeredOn,
  isSmallAgent,
}: Dates): IncidentSummary['deadlines'] {
  const businessDays = isSmallAgent ? 2 * daysToTell : daysToTell;
  const tellBy = addBusinessDays(knownOn, businessDays);
  const keepUntil = `${String(Number(registeredOn.slice(0, 4)) + yearsKept)}${registeredOn.slice(4)}`;
  return {
    businessDays,
    tellBy,
    supplementBy: addBusinessDays(authorityToldOn ?? tellBy, daysToSupplement),
    keepUntil,
  };
}
