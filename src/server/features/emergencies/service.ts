import type { z } from 'zod';
import { v7 as uuidv7 } from 'uuid';
import {
  type EmergencyAccess,
  emergencyHours,
  type emergencyLookUp,
  type FoundClient,
} from '../../../shared/contracts/emergencies.ts';
import { toInitials } from '../../../shared/initials.ts';
import { lockPerson } from '../../db/lock-person.ts';
import type { Database } from '../../db/transaction.ts';
import { conflict, limitReached, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { makePage, type Page, requireCursor } from '../../http/cursor.ts';
import { enqueueMail } from '../../jobs/queue.ts';
import { recordEvent } from '../audit/api.ts';
import { maySee, readingScope } from '../clients/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { noticeJob } from './notice-job.ts';
import { accessScope, assertMayOpen, assertMayReview } from './policy.ts';
import {
  countAccesses,
  countLookUps,
  countOpened,
  type EmergencyRow,
  findAccess,
  findByNumber,
  findOwner,
  insertAccess,
  listAccesses,
  markReviewed,
} from './queries.ts';

/** Enough for mistyped numbers, too few to try out who is a client here. */
const lookUpsAnHour = 10;
const openedADay = 10;

/** Counting stops here; then the total is a lower bound. */
const countLimit = 1000;

const present = (row: EmergencyRow): EmergencyAccess => ({
  id: row.id,
  client: { id: row.client_id, name: row.client_name },
  professional: { id: row.professional_id, name: row.professional_name },
  owner: { id: row.owner_id, name: row.owner_name },
  reason: row.reason,
  openedAt: row.opened_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  reviewedAt: row.reviewed_at?.toISOString() ?? null,
  reviewedBy: row.reviewed_by === null ? null : { id: row.reviewed_by, name: row.reviewed_by_name ?? '' },
});

/**
 * Clients who have exactly this document or phone, without their names. Every attempt is recorded, whatever it finds. Throws
 * forbidden, too_many_requests.
 */
export async function lookUpClient(
  db: Database,
  actor: Actor,
  {
    document = null,
    phone = null,
  }: { readonly [Key in keyof z.output<typeof emergencyLookUp>]: string | null | undefined },
): Promise<FoundClient[]> {
  assertMayOpen(actor);
  const rows = await db.write(actor, async (tx) => {
    const [, before] = await Promise.all([
      lockPerson(tx, actor.professionalId),
      countLookUps(tx, actor.professionalId),
    ]);
    if (before >= lookUpsAnHour) throw limitReached('too_many_requests', 3600, { reason: 'emergencies' });
    const found = await findByNumber(tx, { document, phone });
    const event = { action: 'emergency_looked_up', details: { as: actor.role } } as const;
    await Promise.all(
      found.length === 0
        ? [recordEvent(tx, actor, event)]
        : found.map(({ id }) => recordEvent(tx, actor, { ...event, recordType: 'client', recordId: id })),
    );
    return found;
  });
  return rows.map((row) => ({
    id: row.id,
    initials: toInitials(row.name),
    birthYear: row.birth_year,
    owner: { id: row.owner_id, name: row.owner_name },
  }));
}

interface OpenedAccess {
  readonly body: EmergencyAccess;
  /** True when an earlier request with the same Idempotency-Key opened it. */
  readonly replayed: boolean;
}

/**
 * Opens a colleague's client for some hours, and has the colleague told. Throws not_found, forbidden, client_in_reach for one whom
 * the person sees anyway, idempotency_key_reused, too_many_requests.
 */
export async function openInEmergency(
  db: Database,
  actor: Actor,
  { clientId, reason }: { readonly clientId: string; readonly reason: string },
  key: string | undefined,
): Promise<OpenedAccess> {
  assertMayOpen(actor);
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const creation = {
      key,
      route: 'POST /clients/{id}/emergency-access',
      content: [clientId, reason],
      recordId: id,
    } as const;
    const [claim, , opened, ownerId] = await Promise.all([
      claimCreation(tx, actor, creation),
      lockPerson(tx, actor.professionalId),
      countOpened(tx, actor.professionalId),
      findOwner(tx, clientId),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) {
      const known = await findAccess(tx, earlier, accessScope(actor), readingScope(actor));
      if (known === undefined) throw notFound();
      return { body: present(known), replayed: true };
    }
    if (ownerId === undefined) throw notFound();
    if (maySee(actor, ownerId, clientId)) throw conflict('client_in_reach');
    if (opened >= openedADay) throw limitReached('too_many_requests', 3600, { reason: 'emergencies' });
    const { clinicId, professionalId } = actor;
    await insertAccess(tx, { id, clinicId, clientId, professionalId, ownerId, reason, hours: emergencyHours });
    const clients = readingScope({ ...actor, emergencies: [...actor.emergencies, clientId] });
    const [row] = await Promise.all([
      findAccess(tx, id, accessScope(actor), clients),
      recordEvent(tx, actor, {
        ...{ action: 'emergency_opened', recordType: 'client', recordId: clientId },
        details: { as: 'emergency' },
      }),
      enqueueMail(tx, noticeJob, { accessId: id }),
    ]);
    if (row === undefined) throw new Error('the access was not written');
    return { body: present(row), replayed: false };
  });
}

/** A page of accesses, the newest first. Throws forbidden, invalid_request. */
export async function listEmergencies(
  db: Database,
  actor: Actor,
  query: {
    readonly state?: 'open' | 'reviewed' | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  },
): Promise<Page<EmergencyAccess>> {
  const filters = { scope: accessScope(actor), state: query.state };
  const list = ['emergencies', query.state];
  const cursor = requireCursor(list, query.cursor, /^\d{1,16}$/);
  const after = cursor && { micros: cursor.key, id: cursor.id };
  const [rows, count] = await db.read(actor, (tx) =>
    Promise.all([
      listAccesses(tx, filters, { clients: readingScope(actor), after, limit: query.limit + 1 }),
      cursor === undefined ? countAccesses(tx, filters, countLimit) : 0,
    ]),
  );
  const counted = { value: count, relation: count < countLimit ? 'eq' : 'gte' } as const;
  return makePage(list, { cursor, rows, limit: query.limit, counted }, (row) => row.opened_micros, present);
}

/** Marks an access as looked into; once more is no error. Throws not_found, forbidden, own_rights for one's own. */
export async function reviewEmergency(db: Database, actor: Actor, id: string): Promise<EmergencyAccess> {
  assertMayReview(actor);
  return db.write(actor, async (tx) => {
    const find = () => findAccess(tx, id, accessScope(actor), readingScope(actor));
    const row = await find();
    if (row === undefined) throw notFound();
    if (row.professional_id === actor.professionalId) throw conflict('own_rights');
    if (!(await markReviewed(tx, id, actor.professionalId))) return present(row);
    const event = { action: 'emergency_reviewed', recordType: 'client', recordId: row.client_id } as const;
    const [reviewed] = await Promise.all([find(), recordEvent(tx, actor, event)]);
    return present(reviewed ?? row);
  });
}
