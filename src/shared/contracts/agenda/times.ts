import { z } from 'zod';

/** Years that an agenda may have to do with. Far beyond them calendars and databases part ways. */
const isNear = (value: string): boolean => value >= '2000-01-01' && value < '2101';
/** The last day of those years. */
export const lastDay = '2100-12-31';

/** An instant in a request: RFC 3339 with `Z` or an offset. */
export const instant = z.iso
  .datetime({ offset: true, error: 'invalid_time' })
  .refine(isNear, 'invalid_time')
  .describe('RFC 3339, with Z or an offset')
  .transform((value) => new Date(value).toISOString());

/** A plain date `YYYY-MM-DD` of the clinic's calendar. */
export const plainDate = z.iso.date({ error: 'invalid_date' }).refine(isNear, 'invalid_date');

/** A time of the clinic's wall clock, `2026-12-01T14:30`, without a zone. */
export const localTime = z.iso
  .datetime({ local: true, precision: -1, error: 'invalid_time' })
  .refine((value) => !value.endsWith('Z') && isNear(value), 'invalid_time')
  .describe('wall time of the clinic, without a zone: 2026-12-01T14:30');

/** A time of day in steps of a minute; 24:00 ends a day. */
export const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'invalid_time');

/** The start of a list's window: an instant, or the first moment of a day of the clinic. */
export const windowEdge = z.union([instant, plainDate]).describe('RFC 3339, or a day of the clinic YYYY-MM-DD');

/** One or several values of a query parameter; it may be repeated. */
export const repeatable = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).max(100));

/** The shortest and longest appointment, in minutes. */
export const minutes = z.number().int().min(5).max(720);
