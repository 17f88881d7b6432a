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

/** The devices of a person of the clinic, least recently used first. Throws not_found. */
async function listDevicesOf(tx: Transaction, professionalId: string): Promise<SessionRow[]> {
  const [known, rows] = await Promise.all([isColleague(tx, professionalId), listLiveSessions(tx, professionalId)]);
  if (!known) throw notFound();
  return rows;
}

/** For administrators: the devices on which a person of the clinic is signed in, most recently used first. */
export async function listColleagueDevices(
  deps: AuthDependencies,
  actor: Actor,
  professionalId: string,
): Promise<DeviceSession[]> {
  assertMayManageDevices(actor);
  const rows = await deps.db.read(actor, (tx) => listDevicesOf(tx, professionalId));
  return rows.reverse().map((row) => presentSession(row, actor.sessionId));
}

/** For administrators: ends a session of a person of the clinic. Throws not_found. */
export async function endColleagueSession(
  deps: AuthDependencies,
  actor: Actor,
  professionalId: string,
  sessionId: string,
): Promise<void> {
  assertMayManageDevices(actor);
  await deps.db.write(actor, async (tx) => {
    const devices = await listDevicesOf(tx, professionalId);
    if (!devices.some(({ id }) => id === sessionId)) throw notFound();
    await Promise.all([
      endSessions(tx, [sessionId], 'ended_by_administrator'),
      recordEvent(tx, actor, { action: 'session_ended', recordType: 'session', recordId: sessionId }),
    ]);
  });
}
