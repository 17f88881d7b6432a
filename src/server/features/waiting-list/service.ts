import { v7 as uuidv7 } from 'uuid';
import type { Wish, WishInput, WishPatch } from '../../../shared/contracts/agenda/waiting-list.ts';
import { may, scopeFor } from '../../../shared/permissions.ts';
import { composeWhatsappUrl } from '../../../shared/whatsapp.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { makePage, requireCursor } from '../../http/cursor.ts';
import { etagOf } from '../../http/etag.ts';
import { recordEvent } from '../audit/api.ts';
import { findVisitType } from '../availability/api.ts';
import { holdClient, readingScope } from '../clients/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { isActiveProfessional } from '../professionals/api.ts';
import { composeGreeting, formatMoment } from '../reminders/api.ts';
import { findFreedTime, listMatches } from './match-queries.ts';
import {
  countWishes,
  deleteWish,
  findWish,
  insertWish,
  listWishes,
  lockWish,
  selectWishesOf,
  updateWish,
  type WishRow,
} from './queries.ts';

const presentWish = (row: WishRow): Wish => ({
  id: row.id,
  version: row.version,
  clientId: row.client_id,
  clientName: row.full_name,
  clientPhone: row.phone,
  professionalId: row.professional_id,
  weekdays: row.weekdays,
  periods: row.periods as Wish['periods'],
  visitType: row.visit_type,
  note: row.note,
  createdAt: row.created_at.toISOString(),
});

interface WishAnswer {
  readonly body: Wish;
  readonly etag: string;
}

const answer = (row: WishRow | undefined): WishAnswer => {
  if (row === undefined) throw notFound();
  return { body: presentWish(row), etag: etagOf(row.version) };
};

interface WishListQuery {
  readonly professionalId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page of who waits, the longest first. Throws invalid_request. */
export async function listWaiting(db: Database, actor: Actor, { professionalId, ...query }: WishListQuery) {
  const scope = readingScope(actor);
  const list = ['waiting-list', scope.whole ? null : scope.professionalId, professionalId];
  const cursor = requireCursor(list, query.cursor, /^\d{1,17}$/);
  const page = { professionalId, after: cursor, limit: query.limit + 1 };
  const [rows, count] = await db.read(actor, (tx) =>
    Promise.all([
      listWishes(tx, scope, page),
      cursor === undefined ? countWishes(tx, scope, professionalId) : Promise.resolve(0),
    ]),
  );
  const read = { cursor, rows, limit: query.limit, counted: { value: count, relation: 'eq' } as const };
  return makePage(list, read, (row) => row.created_micros, presentWish);
}

/** All wishes of one client, for the copy of their data. */
export const listWishesOf = async (db: Database, actor: Actor, clientId: string): Promise<Wish[]> =>
  (await db.read(actor, (tx) => selectWishesOf(tx, clientId))).map(presentWish);

/** Throws invalid_request when the professional has left, or the kind of visit does not exist. */
async function assertNamed(tx: Transaction, { clinicId }: Actor, { professionalId, visitType }: WishPatch) {
  const [isActive, type] = await Promise.all([
    professionalId == null || isActiveProfessional(tx, professionalId),
    visitType == null || findVisitType(tx, clinicId, visitType),
  ]);
  if (!isActive) throw invalidField('professionalId', 'professional_not_found');
  if (type === undefined) throw invalidField('visitType', 'invalid_value');
}

/** Notes a wish. Throws invalid_request, not_found, forbidden, idempotency_key_reused. */
export async function addWish(
  db: Database,
  actor: Actor,
  input: WishInput,
  idempotencyKey: string | undefined,
): Promise<WishAnswer & { readonly replayed: boolean }> {
  if (!may(actor.role, 'agenda.write')) throw forbidden();
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const [claim, client] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /waiting-list', content: [input], recordId: id }),
      holdClient(tx, actor.clinicId, input.clientId, readingScope(actor)),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) return { ...answer(await findWish(tx, earlier, readingScope(actor))), replayed: true };
    if (client?.archived_at !== null) throw notFound();
    await assertNamed(tx, actor, input);
    const [, , row] = await Promise.all([
      insertWish(tx, {
        id,
        clinicId: actor.clinicId,
        clientId: input.clientId,
        by: actor.professionalId,
        ...valuesOf(input),
      }),
      recordEvent(tx, actor, { action: 'wish_added', recordType: 'wish', recordId: id }),
      findWish(tx, id, readingScope(actor)),
    ]);
    return { ...answer(row), replayed: false };
  });
}

const valuesOf = (input: Omit<WishInput, 'clientId'>) => ({
  professional_id: input.professionalId ?? null,
  weekdays: [...new Set(input.weekdays)].sort(),
  periods: [...new Set(input.periods)],
  visit_type: input.visitType ?? null,
  note: input.note ?? null,
});

/** Changes a wish. Throws not_found, stale, invalid_request, forbidden. */
export async function changeWish(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  patch: WishPatch,
): Promise<WishAnswer> {
  if (!may(actor.role, 'agenda.write')) throw forbidden();
  return db.write(actor, async (tx) => {
    const row = await lockWish(tx, id, readingScope(actor));
    if (row === undefined) throw notFound();
    if (!matches(row.version)) throw conflict('stale');
    await assertNamed(tx, actor, patch);
    const { professionalId, visitType, weekdays, periods, note } = patch;
    const [, , changed] = await Promise.all([
      updateWish(tx, id, {
        ...(professionalId === undefined ? {} : { professional_id: professionalId }),
        ...(visitType === undefined ? {} : { visit_type: visitType }),
        ...(weekdays === undefined ? {} : { weekdays: [...new Set(weekdays)].sort() }),
        ...(periods === undefined ? {} : { periods: [...new Set(periods)] }),
        ...(note === undefined ? {} : { note }),
      }),
      recordEvent(tx, actor, { action: 'wish_changed', recordType: 'wish', recordId: id }),
      findWish(tx, id, readingScope(actor)),
    ]);
    return answer(changed);
  });
}

/** Removes a wish. Throws not_found, stale, forbidden. */
export async function removeWish(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
): Promise<void> {
  if (!may(actor.role, 'agenda.write')) throw forbidden();
  await db.write(actor, async (tx) => {
    const row = await lockWish(tx, id, readingScope(actor));
    if (row === undefined) throw notFound();
    if (!matches(row.version)) throw conflict('stale');
    await Promise.all([
      deleteWish(tx, id),
      recordEvent(tx, actor, { action: 'wish_removed', recordType: 'wish', recordId: id }),
    ]);
  });
}

/** Who could have the time of a canceled appointment, each with a prepared message. Nothing is held for them. Throws not_found. */
export async function findMatches(db: Database, actor: Actor, appointmentId: string) {
  const scopes = { agenda: scopeFor(actor, 'agenda.read'), clients: readingScope(actor) };
  const [freed, rows] = await db.read(actor, (tx) =>
    Promise.all([findFreedTime(tx, appointmentId, scopes.agenda), listMatches(tx, appointmentId, scopes)]),
  );
  if (freed === undefined) throw notFound();
  const offer = `Abriu um horário: ${formatMoment(freed.local_start)}. Quer ficar com ele? Responda por aqui: fica com quem confirmar primeiro.`;
  return {
    items: rows.map((row) => {
      const message = `${composeGreeting({ firstName: row.first_name, clinicName: freed.clinic_name })} ${offer}`;
      const whatsappUrl = row.refuses_messages ? null : composeWhatsappUrl(row.phone, message);
      return { ...presentWish(row), message, whatsappUrl };
    }),
  };
}
