import { type Sql, sql } from './sql.ts';

/** An edge of a window of time: an instant, or a day of the clinic. */
export type Edge = { readonly instant: string } | { readonly day: string };

/** Reads an edge as a request gives it: RFC 3339 with a time, or a plain date. */
export const toEdge = (text: string): Edge => (text.includes('T') ? { instant: text } : { day: text });

/**
 * The instant of an edge. Of a day it is the first moment in the clinic's time zone, so many days later: 1 where the day belongs to the
 * window and the edge is its end.
 */
export const instantOf = (edge: Edge, clinicId: string | Sql, daysLater: 0 | 1): Sql<Date> =>
  'instant' in edge
    ? sql<Date>`${edge.instant}::timestamptz`
    : sql<Date>`(select (${edge.day}::date + ${daysLater}::integer)::timestamp at time zone time_zone
        from clinics where id = ${clinicId})`;
