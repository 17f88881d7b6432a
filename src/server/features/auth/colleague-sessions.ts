import type { DeviceSession } from '../../../shared/contracts/auth.ts';
import { may } from '../../../shared/permissions.ts';
import type { Transaction } from '../../db/transaction.ts';
import { forbidden, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import type { AuthDependencies } from './dependencies.ts';
import { presentSession } from './presenter.ts';
import { isColleague } from './queries.ts';
import { endSessions, listLiveSessions, type SessionRow } from './session-queries.ts';

function assertMayManageDevices(actor: Actor): void {
  if (!may(actor.role, 'professionals.manage')) throw forbidden();
}

/** The live sessions of a person of the clinic, least recently used first. Throws not_found. */
async function listColleagueSessions(tx: Transaction, professionalId: string): Promise<SessionRow[]> {
  const [known, rows] = await Promise.all([isColleague(tx, professionalId), listLiveSessions(tx, professionalId)]);
  if (!known) throw notFound();
  return rows;
}

/** For administrators: lists the devices of a person of the clinic, most recently used first. Throws forbidden, not_found. */
export async function listColleagueDevices(
  deps: AuthDependencies,
  actor: Actor,
  professionalId: string,
): Promise<DeviceSession[]> {
  assertMayManageDevices(actor);
  const rows = await deps.db.read(actor, (tx) => listColleagueSessions(tx, professionalId));
  return rows.reverse().map((row) => presentSession(row, actor.sessionId));
}

/** For administrators: ends a session of a person of the clinic. Throws forbidden, not_found. */
export async function endColleagueSession(
  deps: AuthDependencies,
  actor: Actor,
  professionalId: string,
  sessionId: string,
): Promise<void> {
  assertMayManageDevices(actor);
  await deps.db.write(actor, async (tx) => {
    const devices = await listColleagueSessions(tx, professionalId);
    if (!devices.some(({ id }) => id === sessionId)) throw notFound();
    await Promise.all([
      endSessions(tx, [sessionId], 'ended_by_administrator'),
      recordEvent(tx, actor, { action: 'session_ended', recordType: 'session', recordId: sessionId }),
    ]);
  });
}
