import type { SeriesDate } from '../../../../shared/contracts/agenda/series.ts';

/** What to do with a date that is not free: another start, or `skip`. */
export type Choices = Readonly<Record<string, string>>;

/** The dates in the answer to a dry run, or in the refusal of a series. */
export const readDates = (answer: object): readonly SeriesDate[] =>
  'dates' in answer ? (answer.dates as readonly SeriesDate[]) : [];

/** A time that somebody else has cannot be kept; one on a holiday or outside the hours can. */
const mayStay = ({ state }: SeriesDate): boolean => state === 'holiday' || state === 'absent' || state === 'closed';

/** The starts that are offered for a date that is not free. */
export const listOffers = (date: SeriesDate): readonly string[] => [
  ...(date.nearest == null ? [] : [date.nearest]),
  ...(mayStay(date) ? [date.startAt] : []),
];

/** For each date that is not free: what was chosen, or its nearest free time, or none. */
export function fillChoices(dates: readonly SeriesDate[], chosen: Choices): Choices {
  const busy = dates.filter(({ state }) => state !== 'free');
  return Object.fromEntries(busy.map(({ date, nearest }) => [date, chosen[date] ?? nearest ?? 'skip']));
}

/** How many dates will have an appointment. */
export const countBooked = (dates: readonly SeriesDate[], choices: Choices): number =>
  dates.filter(({ date }) => choices[date] !== 'skip').length;
