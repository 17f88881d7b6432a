import { v7 as uuidv7 } from 'uuid';
import type { Holiday, HolidayInput } from '../../../shared/contracts/agenda/availability.ts';
import { brokenConstraint } from '../../db/errors.ts';
import type { Database } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { holidaysOf } from './holidays.ts';
import {
  deleteHoliday,
  type HolidayRow,
  type HolidaySettings,
  insertHoliday,
  listHolidayRows,
  selectHoliday,
  selectHolidaySettings,
} from './holiday-queries.ts';
import { assertMayManage } from './policy.ts';

const presentHoliday = ({ id, date, name, kind, closed }: HolidayRow): Holiday => ({
  id,
  date,
  name,
  kind: kind as Holiday['kind'],
  closed,
});

/** The holidays that follow from the calendar, for a clinic; a day has one. */
function computeHolidays(year: number, { state, optional_holidays: chosen }: HolidaySettings): Holiday[] {
  const ours = holidaysOf(year).filter((holiday) => holiday.state === null || holiday.state === state);
  return ours
    .filter(
      ({ kind, date }) =>
        kind !== 'optional' || !ours.some((other) => other.date === date && other.kind !== 'optional'),
    )
    .map(({ date, name, kind }) => ({
      id: `${kind}-${date}`,
      date,
      name,
      kind,
      closed: kind !== 'optional' || chosen.includes(name),
    }));
}

/** The holidays of a year by date. One that was entered by hand stands in place of the calendar's of that day. */
export async function listHolidays(db: Database, actor: Actor, year: number): Promise<Holiday[]> {
  const [settings, rows] = await db.read(actor, (tx) =>
    Promise.all([selectHolidaySettings(tx, actor.clinicId), listHolidayRows(tx, actor.clinicId, year)]),
  );
  const byHand = rows.map(presentHoliday);
  const computed = computeHolidays(year, settings).filter(({ date }) => !byHand.some((other) => other.date === date));
  return [...byHand, ...computed].sort((a, b) => a.date.localeCompare(b.date));
}

interface AddedHoliday {
  readonly body: Holiday;
  /** True when an earlier request with the same Idempotency-Key entered it. */
  readonly replayed: boolean;
}

/**
 * Adds a holiday by hand; with `closed: false` the clinic is open on one of the calendar's. Throws forbidden, duplicate_holiday
 * when there is one already, or the clinic is closed that day anyway.
 */
export async function addHoliday(
  db: Database,
  actor: Actor,
  input: HolidayInput,
  idempotencyKey: string | undefined,
): Promise<AddedHoliday> {
  assertMayManage(actor);
  const id = uuidv7();
  try {
    return await db.write(actor, async (tx) => {
      const [claim, settings] = await Promise.all([
        claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /holidays', content: [input], recordId: id }),
        selectHolidaySettings(tx, actor.clinicId),
      ]);
      const earlier = earlierRecord(claim);
      if (earlier !== undefined) {
        const known = await selectHoliday(tx, actor.clinicId, earlier);
        if (known === undefined) throw notFound();
        return { body: presentHoliday(known), replayed: true };
      }
      const year = Number(input.date.slice(0, 4));
      const isClosed = computeHolidays(year, settings).some(({ date, closed }) => date === input.date && closed);
      if (isClosed && input.closed) throw conflict('duplicate_holiday');
      const [row] = await Promise.all([
        insertHoliday(tx, { ...input, id, clinic_id: actor.clinicId }),
        recordEvent(tx, actor, { action: 'holiday_added', recordType: 'holiday', recordId: id }),
      ]);
      return { body: presentHoliday(row), replayed: false };
    });
  } catch (error) {
    throw brokenConstraint(error) === 'holidays_date_key' ? conflict('duplicate_holiday') : error;
  }
}

/** Removes a holiday that was added by hand. Throws forbidden, not_found. */
export async function removeHoliday(db: Database, actor: Actor, id: string): Promise<void> {
  assertMayManage(actor);
  await db.write(actor, async (tx) => {
    if (!(await deleteHoliday(tx, actor.clinicId, id))) throw notFound();
    await recordEvent(tx, actor, { action: 'holiday_removed', recordType: 'holiday', recordId: id });
  });
}
