import { v7 as uuidv7 } from 'uuid';
import type {
  DeactivatedProfessional,
  Deactivation,
  Professional,
  ProfessionalInput,
  ProfessionalPatch,
} from '../../../shared/contracts/professionals.ts';
import type { Role } from '../../../shared/contracts/auth.ts';
import type { Locale } from '../../../shared/errors.ts';
import { may, treats } from '../../../shared/permissions.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField, notFound } from '../../domain-error.ts';
import type { Contributions, HandedOver } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { enqueueMail } from '../../jobs/queue.ts';
import { type AuditAction, type AuditEvent, describeChanges, recordEvent } from '../audit/api.ts';
import { chargeInvitation, endAllSessions, type LimitDependencies, profileValues } from '../auth/api.ts';
import { requireRoomForPerson } from '../clinics/limits-api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { invitationJob } from './invitation-job.ts';
import { canHaveClients } from './people.ts';
import { hasClinicalAccess, presentColleague } from './presenter.ts';
import {
  type ColleagueRow,
  findColleague,
  insertColleague,
  listColleagues,
  lockColleagues,
  updateColleague,
} from './queries.ts';

/** For rate limits of invitations, and for handing over what belongs to a person who leaves. */
export interface ProfessionalDependencies extends LimitDependencies {
  readonly db: Database;
  readonly contributions: Pick<Contributions, 'handOver'>;
}

export interface ProfessionalAnswer {
  readonly body: Professional;
  readonly etag: string;
}

const isAdministrator = (actor: Actor): boolean => may(actor.role, 'professionals.manage');

function assertAdministrator(actor: Actor): void {
  if (!isAdministrator(actor)) throw forbidden();
}

const present = (actor: Actor, row: ColleagueRow): Professional =>
  presentColleague(row, { professionalId: actor.professionalId, isAdministrator: isAdministrator(actor) });

const answer = (actor: Actor, row: ColleagueRow): ProfessionalAnswer => ({
  body: present(actor, row),
  etag: etagOf(row.version),
});

const record = (
  tx: Transaction,
  actor: Actor,
  action: AuditAction,
  recordId: string,
  details: AuditEvent['details'] = {},
) => recordEvent(tx, actor, { action, recordType: 'professional', recordId, details });

/** All people of the clinic, ordered by name. */
export async function listProfessionals(db: Database, actor: Actor): Promise<Professional[]> {
  const rows = await db.read(actor, listColleagues);
  return rows.map((row) => present(actor, row));
}

/** One person of the clinic. Throws not_found. */
export async function getProfessional(db: Database, actor: Actor, id: string): Promise<ProfessionalAnswer> {
  const row = await db.read(actor, (tx) => findColleague(tx, id));
  if (row === undefined) throw notFound();
  return answer(actor, row);
}

interface InvitationOptions {
  readonly idempotencyKey: string | undefined;
  /** The language of the mail. */
  readonly locale: Locale;
}

interface Invitation extends ProfessionalAnswer {
  /** True when an earlier request with the same Idempotency-Key invited the person. */
  readonly replayed: boolean;
}

/**
 * Adds a person and mails them. The answer does not reveal whether the address signs in to another clinic. Throws
 * forbidden, duplicate_email, people_limit_reached, idempotency_key_reused, too_many_requests.
 */
export async function inviteProfessional(
  deps: ProfessionalDependencies,
  actor: Actor,
  input: ProfessionalInput,
  { idempotencyKey, locale }: InvitationOptions,
): Promise<Invitation> {
  assertAdministrator(actor);
  const id = uuidv7();
  const { row, replayed } = await deps.db.write(actor, async (tx) => {
    const earlier = earlierRecord(
      await claimCreation(tx, actor, {
        key: idempotencyKey,
        route: 'POST /professionals',
        content: [input],
        recordId: id,
      }),
    );
    if (earlier !== undefined) {
      const known = await findColleague(tx, earlier);
      if (known === undefined) throw notFound();
      return { row: known, replayed: true };
    }
    const person = {
      ...{ ...input, id, clinicId: actor.clinicId, lastName: input.lastName ?? null },
      clinicalDenied: !wantsClinicalAccess(input, { role: input.role, clinical_denied: false }),
      profile: profileValues(input),
    };
    // Locks the clinic's limit until the transaction ends, so invitations of a clinic take turns.
    await chargeInvitation(deps, tx, actor);
    await requireRoomForPerson(tx, actor.clinicId);
    const added = await insertColleague(tx, person);
    if (added === undefined) throw conflict('duplicate_email');
    const rights = { role: input.role, clinicalAccess: hasClinicalAccess(added) };
    await Promise.all([
      record(tx, actor, 'professional_invited', added.id, describeChanges({}, rights)),
      queueInvitation(tx, actor, added.id, locale),
    ]);
    return { row: { ...added, invited: true }, replayed: false };
  });
  return { ...answer(actor, row), replayed };
}

/** Mails the invitation once the transaction commits. */
const queueInvitation = (tx: Transaction, actor: Actor, professionalId: string, locale: Locale): Promise<unknown> =>
  enqueueMail(tx, invitationJob, { professionalId, invitedBy: actor.professionalId, locale });

/** Mails somebody their invitation again, within the limits of invitations. Throws forbidden, not_found, not_invited, too_many_requests. */
export async function inviteAgain(
  deps: ProfessionalDependencies,
  actor: Actor,
  id: string,
  locale: Locale,
): Promise<ProfessionalAnswer> {
  assertAdministrator(actor);
  const row = await deps.db.write(actor, async (tx) => {
    const found = await findColleague(tx, id);
    if (found === undefined) throw notFound();
    if (!found.invited || found.deactivated_at !== null) throw conflict('not_invited');
    await chargeInvitation(deps, tx, actor);
    await Promise.all([record(tx, actor, 'professional_invited_again', id), queueInvitation(tx, actor, id, locale)]);
    return found;
  });
  return answer(actor, row);
}

/** Runs a change of roles or access, one at a time within the clinic. Throws forbidden, not_found. */
function changeColleague(
  db: Database,
  actor: Actor,
  id: string,
  change: (tx: Transaction, row: ColleagueRow, colleagues: readonly ColleagueRow[]) => Promise<ColleagueRow>,
): Promise<ProfessionalAnswer> {
  assertAdministrator(actor);
  return db.write(actor, async (tx) => {
    const colleagues = await lockColleagues(tx);
    const row = colleagues.find((colleague) => colleague.id === id);
    if (row === undefined) throw notFound();
    return answer(actor, await change(tx, row, colleagues));
  });
}

/** Whether somebody is active and has a role that manages people. */
const mayMend = (row: ColleagueRow): boolean =>
  row.deactivated_at === null && may(row.role as Role, 'professionals.manage');

/** Throws last_administrator: a clinic without one could not get one again by itself. */
function assertNotLast(row: ColleagueRow, colleagues: readonly ColleagueRow[]): void {
  const others = colleagues.some((other) => other.id !== row.id && mayMend(other));
  if (mayMend(row) && !others) throw conflict('last_administrator');
}

/**
 * The clinical access that a body asks for; without one, what the role gives and nobody has taken. Throws invalid_request for a
 * role that has none.
 */
function wantsClinicalAccess(
  { role, clinicalAccess }: Pick<ProfessionalPatch, 'role' | 'clinicalAccess'>,
  before: Pick<ColleagueRow, 'role' | 'clinical_denied'>,
): boolean {
  const newRole = role ?? (before.role as Role);
  if (clinicalAccess === true && !treats(newRole)) throw invalidField('clinicalAccess', 'invalid_value');
  return clinicalAccess ?? hasClinicalAccess({ role: newRole, clinical_denied: before.clinical_denied });
}

/** Changes names, rights or what identifies a professional. Throws stale, invalid_request, last_administrator, own_rights. */
export const changeProfessional = (
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  patch: ProfessionalPatch,
): Promise<ProfessionalAnswer> =>
  changeColleague(db, actor, id, async (tx, row, colleagues) => {
    if (!matches(row.version)) throw conflict('stale');
    const newRole = patch.role === undefined || patch.role === row.role ? undefined : patch.role;
    if (newRole !== undefined && !may(newRole, 'professionals.manage')) assertNotLast(row, colleagues);
    const before = { role: row.role, clinicalAccess: hasClinicalAccess(row) };
    const after = { role: newRole ?? row.role, clinicalAccess: wantsClinicalAccess(patch, row) };
    const rights = describeChanges(before, after);
    if (rights.changes !== undefined && id === actor.professionalId) throw conflict('own_rights');
    const isDenied = treats(after.role as Role) && !after.clinicalAccess;
    const [changed] = await Promise.all([
      updateColleague(tx, id, {
        ...(patch.firstName === undefined ? {} : { first_name: patch.firstName }),
        ...(patch.lastName === undefined ? {} : { last_name: patch.lastName }),
        ...(newRole === undefined ? {} : { role: newRole }),
        ...(rights.changes === undefined ? {} : { clinical_denied: isDenied }),
        ...profileValues(patch),
      }),
      rights.changes === undefined
        ? record(tx, actor, 'professional_updated', id)
        : record(tx, actor, newRole === undefined ? 'clinical_access_changed' : 'role_changed', id, rights),
    ]);
    return changed;
  });

/**
 * Deactivates a person, ends their sessions and gives their clients and coming appointments to `transferTo`. Throws
 * last_administrator, invalid_request.
 */
export async function deactivateProfessional(
  { db, contributions }: ProfessionalDependencies,
  actor: Actor,
  id: string,
  { reason, transferTo }: Deactivation,
): Promise<{ readonly body: DeactivatedProfessional; readonly etag: string }> {
  let handedOver: HandedOver = {};
  const { body, etag } = await changeColleague(db, actor, id, async (tx, row, colleagues) => {
    if (row.deactivated_at !== null) return row;
    assertNotLast(row, colleagues);
    const heir = colleagues.find((other) => other.id === transferTo && other.id !== id && canHaveClients(other));
    if (transferTo !== undefined && heir === undefined) throw invalidField('transferTo', 'professional_not_found');
    const [changed, , , given] = await Promise.all([
      updateColleague(tx, id, { deactivated_at: new Date(), deactivation_reason: reason }),
      endAllSessions(tx, id),
      record(tx, actor, 'professional_deactivated', id, describeChanges({ active: true }, { active: false })),
      contributions.handOver(tx, actor, { from: id, to: heir?.id ?? null }),
    ]);
    handedOver = given;
    return changed;
  });
  return { body: { ...body, ...handedOver }, etag };
}

/** Gives access back. The person has to sign in again. */
export const reactivateProfessional = (db: Database, actor: Actor, id: string): Promise<ProfessionalAnswer> =>
  changeColleague(db, actor, id, async (tx, row) => {
    if (row.deactivated_at === null) return row;
    await requireRoomForPerson(tx, actor.clinicId);
    const [changed] = await Promise.all([
      updateColleague(tx, id, { deactivated_at: null, deactivation_reason: null }),
      record(tx, actor, 'professional_reactivated', id, describeChanges({ active: false }, { active: true })),
    ]);
    return changed;
  });
