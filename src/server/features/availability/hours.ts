import type { Hours } from '../../../shared/contracts/agenda/availability.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { findTreating } from './people-queries.ts';
import { assertMaySeeHours, assertMaySetHours } from './policy.ts';
import { saveWeekly, selectExceptions, selectWeekly, writeExceptions } from './work-queries.ts';
import { usualHours } from './usual-hours.ts';

/** When a professional is at work; the usual hours until they are set. Throws not_found. */
export async function getHours(db: Database, actor: Actor, professionalId: string): Promise<Hours> {
  assertMaySeeHours(actor, professionalId);
  const [isThere, weekly, exceptions] = await db.read(actor, (tx) =>
    Promise.all([
      findTreating(tx, actor.clinicId, professionalId),
      selectWeekly(tx, actor.clinicId, professionalId),
      selectExceptions(tx, actor.clinicId, professionalId),
    ]),
  );
  if (!isThere) throw notFound();
  return { weekly: weekly ?? usualHours, exceptions };
}

/** Writes the hours of a professional, in place of all that were set before. */
export function saveHours(
  tx: Transaction,
  clinicId: string,
  professionalId: string,
  { weekly, exceptions }: Hours,
): Promise<unknown> {
  const owner = { clinic_id: clinicId, professional_id: professionalId };
  return Promise.all([saveWeekly(tx, owner, weekly), writeExceptions(tx, owner, exceptions)]);
}

/** Sets when a professional is at work, in place of all that was set before. Throws not_found, invalid_request. */
export async function setHours(db: Database, actor: Actor, professionalId: string, hours: Hours): Promise<Hours> {
  assertMaySetHours(actor, professionalId);
  const weekly = hours.weekly.toSorted((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from));
  const exceptions = hours.exceptions.toSorted((a, b) => a.date.localeCompare(b.date));
  if (exceptions.some(({ date }, index) => exceptions[index - 1]?.date === date))
    throw invalidField('exceptions', 'invalid_value');
  await db.write(actor, async (tx) => {
    if (!(await findTreating(tx, actor.clinicId, professionalId))) throw notFound();
    await Promise.all([
      saveHours(tx, actor.clinicId, professionalId, { weekly, exceptions }),
      recordEvent(tx, actor, { action: 'hours_changed', recordType: 'professional', recordId: professionalId }),
    ]);
  });
  return { weekly, exceptions };
}
