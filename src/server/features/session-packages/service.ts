import { v7 as uuidv7 } from 'uuid';
import type {
  SessionPackage,
  SessionPackageInput,
  SessionPackagePatch,
} from '../../../shared/contracts/agenda/session-packages.ts';
import { may } from '../../../shared/permissions.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { makePage, requireCursor } from '../../http/cursor.ts';
import { etagOf } from '../../http/etag.ts';
import { recordEvent } from '../audit/api.ts';
import { holdClient, readingScope } from '../clients/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import {
  countPackages,
  findPackage,
  findPackageOfClinic,
  insertPackage,
  listPackages,
  lockPackage,
  type PackageRow,
  selectPackagesOf,
  updatePackage,
  wouldUseSession,
} from './queries.ts';

const present = (row: PackageRow): SessionPackage => ({
  id: row.id,
  version: row.version,
  clientId: row.client_id,
  clientName: row.client_name,
  name: row.name,
  total: row.total,
  used: row.used,
  booked: row.booked,
  countsLateCancel: row.counts_late_cancel,
  countsNoShow: row.counts_no_show,
  lateHours: row.late_hours,
  closed: row.closed_at !== null,
  createdAt: row.created_at.toISOString(),
});

interface PackageAnswer {
  readonly body: SessionPackage;
  readonly etag: string;
}

const answer = (row: PackageRow | undefined): PackageAnswer => {
  if (row === undefined) throw notFound();
  return { body: present(row), etag: etagOf(row.version) };
};

interface PackageListQuery {
  readonly clientId?: string | undefined;
  readonly closed?: boolean | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page of packages, the newest first. Throws invalid_request. */
export async function listSessionPackages(
  db: Database,
  actor: Actor,
  { clientId, closed, ...query }: PackageListQuery,
) {
  const scope = readingScope(actor);
  const list = ['session-packages', scope.whole ? null : scope.professionalId, clientId, closed];
  const cursor = requireCursor(list, query.cursor);
  const [rows, count] = await db.read(actor, (tx) =>
    Promise.all([
      listPackages(tx, scope, { clientId, closed, after: cursor?.id, limit: query.limit + 1 }),
      cursor === undefined ? countPackages(tx, scope, { clientId, closed }) : Promise.resolve(0),
    ]),
  );
  const read = { cursor, rows, limit: query.limit, counted: { value: count, relation: 'eq' } as const };
  return makePage(list, read, () => '', present);
}

/** All packages of one client, for the copy of their data. */
export const listPackagesOf = async (db: Database, actor: Actor, clientId: string): Promise<SessionPackage[]> =>
  (await db.read(actor, (tx) => selectPackagesOf(tx, clientId))).map(present);

/** Agrees on a number of sessions. Throws not_found, forbidden, idempotency_key_reused. */
export async function addSessionPackage(
  db: Database,
  actor: Actor,
  input: SessionPackageInput,
  idempotencyKey: string | undefined,
): Promise<PackageAnswer & { readonly replayed: boolean }> {
  if (!may(actor.role, 'agenda.write')) throw forbidden();
  const id = uuidv7();
  const scope = readingScope(actor);
  return db.write(actor, async (tx) => {
    const [claim, client] = await Promise.all([
      claimCreation(tx, actor, {
        key: idempotencyKey,
        route: 'POST /session-packages',
        content: [input],
        recordId: id,
      }),
      holdClient(tx, actor.clinicId, input.clientId, scope),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) return { ...answer(await findPackage(tx, earlier, scope)), replayed: true };
    if (client?.archived_at !== null) throw notFound();
    const [, , row] = await Promise.all([
      insertPackage(tx, {
        id,
        clinicId: actor.clinicId,
        clientId: input.clientId,
        by: actor.professionalId,
        name: input.name ?? null,
        total: input.total,
        counts_late_cancel: input.countsLateCancel,
        counts_no_show: input.countsNoShow,
        late_hours: input.lateHours,
      }),
      recordEvent(tx, actor, { action: 'session_package_added', recordType: 'session_package', recordId: id }),
      findPackage(tx, id, scope),
    ]);
    return { ...answer(row), replayed: false };
  });
}

/** Changes or closes a package. Throws not_found, stale, forbidden. */
export async function changeSessionPackage(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  { name, total, countsLateCancel, countsNoShow, lateHours, closed }: SessionPackagePatch,
): Promise<PackageAnswer> {
  if (!may(actor.role, 'agenda.write')) throw forbidden();
  const scope = readingScope(actor);
  return db.write(actor, async (tx) => {
    const [, row] = await Promise.all([lockPackage(tx, actor.clinicId, id), findPackage(tx, id, scope)]);
    if (row === undefined) throw notFound();
    if (!matches(row.version)) throw conflict('stale');
    const [, , changed] = await Promise.all([
      updatePackage(tx, id, {
        ...(name === undefined ? {} : { name }),
        ...(total === undefined ? {} : { total }),
        ...(countsLateCancel === undefined ? {} : { counts_late_cancel: countsLateCancel }),
        ...(countsNoShow === undefined ? {} : { counts_no_show: countsNoShow }),
        ...(lateHours === undefined ? {} : { late_hours: lateHours }),
        ...(closed === undefined ? {} : { closed_at: closed ? (row.closed_at ?? new Date()) : null }),
      }),
      recordEvent(tx, actor, { action: 'session_package_changed', recordType: 'session_package', recordId: id }),
      findPackage(tx, id, scope),
    ]);
    return answer(changed);
  });
}

interface PackageChoice {
  readonly clinicId: string;
  readonly packageId: string;
  readonly clientId: string;
}

interface SessionRequest extends PackageChoice {
  /** How many more of its sessions are to be booked. */
  readonly sessions: number;
}

/** Locks a client's package until the transaction ends, and counts its sessions. Throws not_found for one of somebody else. */
async function getLocked(tx: Transaction, { clinicId, packageId, clientId }: PackageChoice): Promise<PackageRow> {
  const [, row] = await Promise.all([
    lockPackage(tx, clinicId, packageId),
    findPackageOfClinic(tx, clinicId, packageId),
  ]);
  if (row?.client_id !== clientId) throw notFound();
  return row;
}

const usedUp = ({ total, used, booked }: PackageRow) => conflict('package_used_up', { total, used, booked });

const hasRoom = ({ total, used, booked }: PackageRow, sessions: number): boolean => used + booked + sessions <= total;

/**
 * Makes sure that a client's package has so many sessions left, until the transaction ends. Takes rights for granted. Throws
 * not_found for a package of somebody else, package_used_up.
 */
export async function reserveSessions(tx: Transaction, request: SessionRequest): Promise<void> {
  const row = await getLocked(tx, request);
  if (row.closed_at !== null || !hasRoom(row, request.sessions)) throw usedUp(row);
}

/**
 * The same for an appointment that exists and gets another package. One that by the rules of the package takes no place, such as
 * a canceled one, needs none.
 */
export async function reserveSessionOf(
  tx: Transaction,
  { appointmentId, ...choice }: PackageChoice & { readonly appointmentId: string },
): Promise<void> {
  const row = await getLocked(tx, choice);
  const sessions = (await wouldUseSession(tx, { ...choice, appointmentId })) ? 1 : 0;
  if (row.closed_at !== null || !hasRoom(row, sessions)) throw usedUp(row);
}

/** Gives an appointment that was canceled or missed its place back, in a closed package, too. Throws package_used_up. */
export async function reserveSessionAgain(tx: Transaction, choice: PackageChoice): Promise<void> {
  const row = await getLocked(tx, choice);
  if (!hasRoom(row, 1)) throw usedUp(row);
}
