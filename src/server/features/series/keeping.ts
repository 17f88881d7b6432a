import type { Logger } from 'pino';
import type { SeriesRule } from '../../../shared/contracts/agenda/series.ts';
import type { Role } from '../../../shared/contracts/auth.ts';
import { may } from '../../../shared/permissions.ts';
import { addDays } from '../../../shared/zoned-time.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { DomainError } from '../../domain-error.ts';
import { bookAppointments, runAgainAfterRace, systemAuthor, TimeTaken } from '../appointments/api.ts';
import { type PlannedDate, planDates } from './dates.ts';
import { type GapRow, insertGaps, type SeriesToExtend, takeSeriesToExtend, updateSeries } from './queries.ts';
import { listOccurrences, type Occurrence } from './recurrence.ts';
import { daysAhead, listSkipped, noteGap, toBookings } from './service.ts';

interface KeepingDependencies {
  readonly db: Database;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Books the dates of open series that have come within 26 weeks. Any number of processes may do so at once: each series is taken by
 * one. What cannot be booked is noted as a gap of the series, and logged when it is so for all of its dates.
 */
export async function extendSeries({ db, log }: KeepingDependencies): Promise<void> {
  const passed: string[] = [];
  for (;;) {
    const taken = new Set<number>();
    const extended = await runAgainAfterRace(() => extendNext({ db, log }, passed, taken));
    if (extended === undefined) return;
    const { seriesId, hindrance, dates } = extended;
    if (hindrance !== undefined)
      log.warn({ event: 'series_not_booked', seriesId, hindrance, dates }, 'dates of a series became gaps');
  }
}

interface Extended {
  readonly seriesId: string;
  /** Why none of the dates can be booked. */
  readonly hindrance?: Hindrance | undefined;
  readonly dates: number;
}

/** @returns the series that was extended; undefined when none is left */
async function extendNext(
  { db, log }: KeepingDependencies,
  passed: string[],
  taken: Set<number>,
): Promise<Extended | undefined> {
  let current: string | undefined;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await db.system(async (tx) => {
        const series = await takeSeriesToExtend(tx, daysAhead, passed);
        current = series?.id;
        return series && (await extend(tx, series, addDays(series.today, daysAhead), taken));
      });
    } catch (error) {
      if (current === undefined || !(error instanceof TimeTaken || error instanceof DomainError)) throw error;
      if (error instanceof TimeTaken) for (const { wish } of error.clashes) taken.add(wish.startAt.getTime());
      // Who or what became unbookable meanwhile is known the next time. The other series do not wait for one that goes on failing.
      if (attempt < 3) continue;
      passed.push(current);
      log.warn({ event: 'series_not_booked', seriesId: current, err: error }, 'a series waits for the next round');
      return { seriesId: current, dates: 0 };
    }
  }
}

/** Why nothing can be booked for a series, whatever the time: its professional or its room. */
type Hindrance = 'notTreating' | 'roomUnused';

function findHindrance({ role, room_active: roomActive }: SeriesToExtend): Hindrance | undefined {
  if (!may(role as Role, 'clients.treat')) return 'notTreating';
  return roomActive === false ? 'roomUnused' : undefined;
}

async function extend(
  tx: Transaction,
  series: SeriesToExtend,
  through: string,
  taken: ReadonlySet<number>,
): Promise<Extended> {
  const key = { clinicId: series.clinic_id, id: series.id };
  const recurrence = {
    localStart: series.local_start,
    timeZone: series.time_zone,
    rule: series.rule as SeriesRule,
  };
  const occurrences = [...listOccurrences(recurrence, through)].filter(({ date }) => date > series.planned_through);
  const hindrance = findHindrance(series);
  const gaps =
    hindrance === undefined
      ? await bookDates(tx, series, occurrences, taken)
      : occurrences.map((occurrence) => noteGap(occurrence, occurrence.isMissing ? 'missing' : hindrance));
  await Promise.all([insertGaps(tx, key, gaps), updateSeries(tx, key, { planned_through: through })]);
  return { seriesId: series.id, hindrance: gaps.length === 0 ? undefined : hindrance, dates: gaps.length };
}

/** Books those of the dates that are free. @returns the others */
async function bookDates(
  tx: Transaction,
  series: SeriesToExtend,
  occurrences: readonly Occurrence[],
  taken: ReadonlySet<number>,
): Promise<GapRow[]> {
  const { clinic_id: clinicId, id } = series;
  const facts = {
    clientId: series.client_id,
    professionalId: series.professional_id,
    roomId: series.room_id,
    visitType: series.visit_type,
    title: series.title,
  };
  const place = { ...facts, clinicId, roomId: series.room_id, minutes: series.duration_minutes };
  const planned = await planDates(
    tx,
    occurrences.map((occurrence) => ({ occurrence, place })),
  );
  const dates = planned.map((date): PlannedDate => {
    if (taken.has(date.occurrence.startAt.getTime())) return { ...date, state: 'conflict', startAt: undefined };
    return date.isSettled ? date : { ...date, startAt: undefined };
  });
  await bookAppointments(tx, systemAuthor(clinicId, 'extend_series'), toBookings(id, facts, place, dates), {
    action: 'series',
  });
  return listSkipped(dates);
}
