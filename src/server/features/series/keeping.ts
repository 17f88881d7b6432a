import type { SeriesRule } from '../../../shared/contracts/agenda/series.ts';
import { addDays } from '../../../shared/zoned-time.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { DomainError } from '../../domain-error.ts';
import { bookAppointments, runAgainAfterRace, systemAuthor, TimeTaken } from '../appointments/api.ts';
import { type PlannedDate, planDates } from './dates.ts';
import { insertGaps, type SeriesRow, takeSeriesToExtend, updateSeries } from './queries.ts';
import { listOccurrences } from './recurrence.ts';
import { daysAhead, listSkipped, toBookings } from './service.ts';

/**
 * Books the dates of open series that have come within 26 weeks. Any number of processes may do so at once: each series is taken by
 * one. What cannot be booked is noted as a gap of the series.
 */
export async function extendSeries(db: Database): Promise<void> {
  const failed: string[] = [];
  for (;;) {
    const taken = new Set<number>();
    const id = await runAgainAfterRace(() => extendNext(db, failed, taken));
    if (id === undefined) return;
  }
}

/** @returns the id of the series that was extended; undefined when none is left */
async function extendNext(db: Database, passed: string[], taken: Set<number>): Promise<string | undefined> {
  let current: string | undefined;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await db.system(async (tx) => {
        const series = await takeSeriesToExtend(tx, daysAhead, passed);
        current = series?.id;
        if (series !== undefined) await extend(tx, series, addDays(series.today, daysAhead), taken);
        return current;
      });
    } catch (error) {
      if (current === undefined || attempt > 2) throw error;
      if (error instanceof TimeTaken) for (const { wish } of error.clashes) taken.add(wish.startAt.getTime());
      // Nothing of it can be booked, such as in a room that is no longer used. The others go on; the next round tries again.
      else if (error instanceof DomainError) passed.push(current);
      else throw error;
    }
  }
}

async function extend(tx: Transaction, series: SeriesRow, through: string, taken: ReadonlySet<number>): Promise<void> {
  const { clinic_id: clinicId, id } = series;
  const recurrence = {
    localStart: series.local_start,
    timeZone: series.time_zone,
    rule: series.rule as SeriesRule,
  };
  const occurrences = [...listOccurrences(recurrence, through)].filter(({ date }) => date > series.planned_through);
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
  await Promise.all([
    insertGaps(tx, { clinicId, id }, listSkipped(dates)),
    updateSeries(tx, { clinicId, id }, { planned_through: through }),
  ]);
}
