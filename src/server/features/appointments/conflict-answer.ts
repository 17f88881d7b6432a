import type { AppointmentConflict } from '../../../shared/contracts/agenda/appointments.ts';
import type { Database } from '../../db/transaction.ts';
import { conflict, type DomainError } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { findNearestSlots, type Span } from '../availability/api.ts';
import { type Clash, type InTheWay, TimeTaken } from './clashes.ts';
import { mayKnow } from './policy.ts';
import { runAgainAfterRace } from './races.ts';

const codes = { time: 'appointment_conflict', client: 'client_conflict', forbidden: 'overlap_forbidden' } as const;

/**
 * Does work that takes times, again after a lost race. Throws appointment_conflict, client_conflict or overlap_forbidden when
 * they are taken, with what is in the way and the nearest free times. These are looked for afterwards, when no agenda is locked.
 */
export async function takeTimes<T>(db: Database, actor: Actor, work: () => Promise<T>): Promise<T> {
  try {
    return await runAgainAfterRace(work);
  } catch (error) {
    if (error instanceof TimeTaken) throw await explain(db, actor, error);
    throw error;
  }
}

async function explain(db: Database, actor: Actor, { clashes, movingIds }: TimeTaken): Promise<unknown> {
  const [first] = clashes;
  if (first === undefined) return new Error('a time was taken by nothing');
  const { wish } = first;
  const nearest = await db.read(actor, (tx) =>
    findNearestSlots(tx, {
      clinicId: actor.clinicId,
      professionalId: wish.professionalId,
      roomId: wish.roomId,
      clientId: wish.clientId,
      ignoredIds: movingIds,
      startAt: wish.startAt,
      minutes: (wish.endAt.getTime() - wish.startAt.getTime()) / 60_000,
    }),
  );
  return refuse(actor, first.kind, clashes, nearest);
}

function refuse(actor: Actor, kind: Clash['kind'], clashes: readonly Clash[], nearest: readonly Span[]): DomainError {
  const inTheWay = new Map(clashes.flatMap((clash) => clash.inTheWay).map((each) => [each.id, each]));
  const details: AppointmentConflict = {
    conflicts: [...inTheWay.values()].map((each) => presentConflict(actor, each)),
    nearest: nearest.map(({ startAt, endAt }) => ({ startAt: startAt.toISOString(), endAt: endAt.toISOString() })),
  };
  return conflict(codes[kind], { ...details });
}

/** Of a colleague's appointment a professional learns when it is, and no more. */
const presentConflict = (actor: Actor, each: InTheWay): AppointmentConflict['conflicts'][number] => ({
  ...(mayKnow(actor, each.professionalId, each.clientId)
    ? { id: each.id, clientName: each.clientName, roomId: each.roomId }
    : {}),
  startAt: each.startAt.toISOString(),
  endAt: each.endAt.toISOString(),
  professionalId: each.professionalId,
});
