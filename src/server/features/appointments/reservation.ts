import { may, reaches, type Scope, wholeClinic } from '../../../shared/permissions.ts';
import type { Role } from '../../../shared/contracts/auth.ts';
import { planOnce } from '../../db/plan-once.ts';
import type { Transaction } from '../../db/transaction.ts';
import { conflict, invalidField, notFound } from '../../domain-error.ts';
import { type HeldClient, holdClients } from '../clients/api.ts';
import { type Clash, TimeTaken, toInTheWay } from './clashes.ts';
import { takesTime } from './fields.ts';
import { type AppointmentRow, lockAppointments } from './queries.ts';
import { AgendaChanged } from './races.ts';
import {
  listOverlaps,
  lockAgendas,
  type OverlapRow,
  type Places,
  selectPlaces,
  type WantedTime,
} from './reservation-queries.ts';

/** What an appointment is to have. */
export interface Wish {
  readonly clientId: string;
  readonly professionalId: string;
  readonly roomId: string | null;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly makeupOf: string | null;
  /** Whether it takes its time. A canceled one does not. */
  readonly live: boolean;
  /** The appointment as it was read, if there is one. */
  readonly before?: AppointmentRow;
  /** Lets it overlap others (encaixe). */
  readonly overlapReason?: string | undefined;
  readonly allowClientOverlap?: boolean | undefined;
}

export interface Reservation {
  readonly timeZone: string;
  /** For each wish: why it overlaps another appointment, null when it does not. */
  readonly overlapReasons: readonly (string | null)[];
}

interface Rules {
  /** Whose clients may be named. */
  readonly clientScope?: Scope;
  /** All move by as much, so that they are not in each other's way more than before. */
  readonly together?: boolean;
  /** Takes a reason also where the clinic allows no encaixe. */
  readonly mayOverlap?: boolean;
}

/**
 * Locks the agendas that the wishes are about and sees whether they can be had, all of them. Throws not_found, not_bookable,
 * invalid_request, TimeTaken, and AgendaChanged when one of the appointments is no longer as it was read.
 */
export async function reserve(
  tx: Transaction,
  clinicId: string,
  wishes: readonly Wish[],
  { clientScope = wholeClinic, together = false, mayOverlap = false }: Rules = {},
): Promise<Reservation> {
  const moving = wishes.flatMap(({ before }) => before?.id ?? []);
  const seeking = wishes.map((wish, index) => ({ wish, index })).filter(({ wish }) => seeksTime(wish));
  // Whoever waits for the locks waits for these statements, too.
  const [, clients, places, locked, overlaps] = await planOnce(tx, () =>
    Promise.all([
      lockAgendas(tx, listAgendas(wishes)),
      holdClients(tx, clinicId, unique(wishes.flatMap((wish) => [wish.clientId, wish.before?.client_id]))),
      selectPlaces(tx, clinicId, {
        professionalIds: unique(wishes.map(({ professionalId }) => professionalId)),
        roomIds: unique(wishes.map(({ roomId }) => roomId)),
        makeupIds: unique(wishes.map(({ makeupOf }) => makeupOf)),
      }),
      lockAppointments(tx, clinicId, moving),
      listOverlaps(tx, clinicId, seeking.map(toWantedTime), moving),
    ]),
  );
  const versions = new Map(locked.map(({ id, version }) => [id, version]));
  if (wishes.some(({ before }) => before !== undefined && versions.get(before.id) !== before.version))
    throw new AgendaChanged();
  const visible = clients.filter((client) => reaches(clientScope, client.professional_id, client.id));
  for (const wish of wishes) refuseUnbookable(wish, visible, places);
  const hits = groupByIndex(overlaps);
  const inner = together ? new Map<number, InnerHits>() : findInnerHits(seeking);
  const clashes = seeking.flatMap(({ wish, index }) =>
    findClash({
      ...{ wish, index, rows: hits.get(index) ?? [], inner: inner.get(index) },
      mayOverlap: mayOverlap || places.overlap === 'allow',
    }),
  );
  if (clashes.length > 0) throw new TimeTaken(clashes, moving);
  return {
    timeZone: places.time_zone,
    overlapReasons: wishes.map((wish, index) => chooseReason(wish, hits.get(index) ?? [], inner.get(index), together)),
  };
}

const unique = (ids: readonly (string | null | undefined)[]): string[] => [
  ...new Set(ids.filter((id) => id !== null && id !== undefined)),
];

const listAgendas = (wishes: readonly Wish[]): string[] =>
  unique(
    wishes.flatMap(({ professionalId, roomId, clientId, before }) => [
      ...[professionalId, roomId, clientId],
      ...[before?.professional_id, before?.room_id, before?.client_id],
    ]),
  );

/** The appointment as it was, if it took its time then. */
const hadBefore = ({ before }: Wish): AppointmentRow | undefined =>
  before !== undefined && takesTime(before) ? before : undefined;

const isElsewhen = ({ startAt, endAt }: Wish, before: AppointmentRow): boolean =>
  startAt.getTime() !== before.start_at.getTime() || endAt.getTime() !== before.end_at.getTime();

/** Whether it needs a time that it has not got yet. */
function seeksTime(wish: Wish): boolean {
  const before = hadBefore(wish);
  if (!wish.live || before === undefined) return wish.live;
  return (
    isElsewhen(wish, before) ||
    wish.professionalId !== before.professional_id ||
    wish.clientId !== before.client_id ||
    wish.roomId !== before.room_id
  );
}

function toWantedTime({ wish, index }: { readonly wish: Wish; readonly index: number }): WantedTime {
  const before = hadBefore(wish);
  return {
    index,
    client_id: wish.clientId,
    professional_id: wish.professionalId,
    room_id: wish.roomId,
    start_at: wish.startAt,
    end_at: wish.endAt,
    ...(before && {
      old_professional_id: before.professional_id,
      old_room_id: before.room_id,
      old_client_id: before.client_id,
      old_start_at: before.start_at,
      old_end_at: before.end_at,
    }),
  };
}

/** Throws not_found for ids that are not the clinic's, not_bookable for those who have left. What stays is not asked. */
function refuseUnbookable(wish: Wish, clients: readonly HeldClient[], { professionals, rooms, makeups }: Places): void {
  const { before } = wish;
  if (wish.clientId !== before?.client_id) {
    const client = clients.find(({ id }) => id === wish.clientId);
    if (client === undefined) throw notFound();
    if (client.archived_at !== null) throw conflict('not_bookable');
  }
  if (wish.professionalId !== before?.professional_id || (wish.live && isElsewhen(wish, before))) {
    const professional = professionals.find(({ id }) => id === wish.professionalId);
    if (professional === undefined) throw notFound();
    if (!professional.active || !may(professional.role as Role, 'clients.treat')) throw conflict('not_bookable');
  }
  if (wish.roomId !== null && wish.roomId !== before?.room_id) {
    const room = rooms.find(({ id }) => id === wish.roomId);
    if (room === undefined) throw notFound();
    if (!room.active) throw conflict('not_bookable');
  }
  refuseMakeup(wish, makeups);
}

/** Throws invalid_request for a makeup of another client's appointment, or of itself. */
function refuseMakeup({ makeupOf, clientId, before }: Wish, makeups: Places['makeups']): void {
  if (makeupOf === null || (makeupOf === before?.makeup_of && clientId === before.client_id)) return;
  const missed = makeups.find(({ id }) => id === makeupOf);
  if (missed === undefined) throw notFound();
  if (missed.client_id !== clientId || makeupOf === before?.id) throw invalidField('makeupOf', 'makeup_of_another');
}

function groupByIndex(rows: readonly OverlapRow[]): ReadonlyMap<number, OverlapRow[]> {
  const groups = new Map<number, OverlapRow[]>();
  for (const row of rows) groups.set(row.index, [...(groups.get(row.index) ?? []), row]);
  return groups;
}

/** What the wishes of one list take from each other. */
interface InnerHits {
  readonly time: boolean;
  readonly client: boolean;
}

/** Of two wishes that overlap, the later one in the list is told. */
function findInnerHits(seeking: readonly { readonly wish: Wish; readonly index: number }[]): Map<number, InnerHits> {
  const hits = new Map<number, InnerHits>();
  for (const { wish, index } of seeking)
    for (const { wish: other, index: earlier } of seeking) {
      if (earlier >= index || !overlaps(wish, other)) continue;
      const time =
        wish.professionalId === other.professionalId || (wish.roomId !== null && wish.roomId === other.roomId);
      const known = hits.get(index);
      hits.set(index, {
        time: time || known?.time === true,
        client: (!time && wish.clientId === other.clientId) || known?.client === true,
      });
    }
  return hits;
}

const overlaps = (a: Wish, b: Wish): boolean => a.startAt < b.endAt && b.startAt < a.endAt;

interface Found {
  readonly wish: Wish;
  readonly index: number;
  readonly rows: readonly OverlapRow[];
  readonly inner: InnerHits | undefined;
  readonly mayOverlap: boolean;
}

/** Why a wish cannot be had; empty when it can. */
function findClash({ wish, index, rows, inner, mayOverlap }: Found): Clash[] {
  const newOnes = rows.filter((row) => row.is_new);
  const clients = rows.filter((row) => row.is_clients);
  const tell = (kind: Clash['kind'], inTheWay: readonly OverlapRow[]): Clash[] => [
    { index, kind, inTheWay: inTheWay.slice(0, mostTold).map(toInTheWay), wish },
  ];
  if (newOnes.length > 0 || inner?.time === true) {
    if (wish.overlapReason === undefined) return tell('time', newOnes);
    if (!mayOverlap) return tell('forbidden', newOnes);
  }
  if ((clients.length > 0 || inner?.client === true) && wish.allowClientOverlap !== true)
    return tell('client', clients);
  return [];
}

/** The most appointments that a refusal names. */
const mostTold = 20;

/** An appointment keeps its reason as long as it overlaps another one, and loses it as soon as it has a time of its own. */
function chooseReason(
  wish: Wish,
  rows: readonly OverlapRow[],
  inner: InnerHits | undefined,
  together: boolean,
): string | null {
  const kept = wish.before?.overlap_reason ?? null;
  if (!seeksTime(wish) || together) return kept;
  const touches = rows.some((row) => row.takes_time) || inner?.time === true;
  if (!touches) return null;
  const agreed = hadBefore(wish) === undefined ? null : kept;
  return rows.some((row) => row.is_new) || inner?.time === true
    ? (wish.overlapReason ?? null)
    : (wish.overlapReason ?? agreed);
}
