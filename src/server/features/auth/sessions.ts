import type { DeviceSession } from '../../../shared/contracts/auth.ts';
import { lockPerson } from '../../db/lock-person.ts';
import type { Transaction } from '../../db/transaction.ts';
import { notFound, wrongCredential } from '../../domain-error.ts';
import type { Actor, Caller } from '../../http/actor.ts';
import { recordEvent, recordSystemEvent } from '../audit/api.ts';
import type { AuthDependencies } from './dependencies.ts';
import { presentSession } from './presenter.ts';
import type { ProfessionalRow } from './queries.ts';
import { chooseTokenLives } from './refresh.ts';
import {
  type EndReason,
  endSessions,
  endSessionsOfDevice,
  insertSession,
  listLiveSessions,
  renameSession,
  type SessionRow,
} from './session-queries.ts';

export interface OpenedSession {
  readonly professional: ProfessionalRow;
  readonly session: SessionRow;
  readonly activeSessions: number;
  readonly endedSessions: readonly SessionRow[];
}

export interface Device {
  readonly id: string;
  readonly name: string | undefined;
  readonly kind: string;
}

/**
 * Opens a device session. It replaces an earlier one of the same device; beyond MAX_ACTIVE_DEVICE_SESSIONS the least recently
 * used ones end. Sign-ins of one person take turns, so that parallel ones cannot exceed the limit. Throws clinic_suspended, and
 * entry_missing for a superuser of the host without an open entry: `app.enter` would let neither in.
 */
export async function openSession(
  deps: AuthDependencies,
  tx: Transaction,
  professional: ProfessionalRow,
  device: Device,
  caller: Caller,
): Promise<OpenedSession> {
  if (professional.is_suspended) throw wrongCredential('clinic_suspended');
  if (professional.lacks_entry) throw wrongCredential('entry_missing');
  const { keyring, config } = deps;
  const deviceKeys = keyring.hashes('device', device.id);
  const [, , others] = await Promise.all([
    lockPerson(tx, professional.id),
    endSessionsOfDevice(tx, professional.id, deviceKeys),
    listLiveSessions(tx, professional.id),
  ]);
  const surplus = others.slice(0, Math.max(0, others.length - config.maxActiveDeviceSessions + 1));
  const [endedSessions, session] = await Promise.all([
    endSessions(
      tx,
      surplus.map((row) => row.id),
      'device_limit',
      device.kind,
    ),
    insertSession(tx, {
      clinicId: professional.clinic_id,
      professionalId: professional.id,
      deviceKey: keyring.hash('device', device.id),
      deviceName: device.name ?? null,
      deviceKind: device.kind,
      lives: chooseTokenLives(config),
    }),
  ]);
  const who = { clinicId: professional.clinic_id, actorId: professional.id, sessionId: session.id, caller };
  await Promise.all([
    recordSystemEvent(tx, who, { action: 'signed_in', recordType: 'session', recordId: session.id }),
    ...endedSessions.map((row) =>
      recordSystemEvent(tx, who, { action: 'session_ended', recordType: 'session', recordId: row.id }),
    ),
  ]);
  return { professional, session, endedSessions, activeSessions: others.length - surplus.length + 1 };
}

/** The devices on which the person is signed in, most recently used first. */
export async function listDevices(deps: AuthDependencies, actor: Actor): Promise<DeviceSession[]> {
  const rows = await deps.db.read(actor, (tx) => listLiveSessions(tx, actor.professionalId));
  return rows.reverse().map((row) => presentSession(row, actor.sessionId));
}

/** Ends one of the person's own sessions. Throws not_found for any other. */
export async function endOwnSession(deps: AuthDependencies, actor: Actor, sessionId: string): Promise<void> {
  const reason: EndReason = sessionId === actor.sessionId ? 'signed_out' : 'ended_by_owner';
  await deps.db.write(actor, async (tx) => {
    const own = await listLiveSessions(tx, actor.professionalId);
    if (!own.some((row) => row.id === sessionId)) throw notFound();
    await Promise.all([
      endSessions(tx, [sessionId], reason, own.find((row) => row.id === actor.sessionId)?.device_kind ?? null),
      recordEvent(tx, actor, {
        action: reason === 'signed_out' ? 'signed_out' : 'session_ended',
        recordType: 'session',
        recordId: sessionId,
      }),
    ]);
  });
}

/** Gives a device another name. Throws not_found for a session that is not the person's own. */
export async function renameDevice(
  deps: AuthDependencies,
  actor: Actor,
  sessionId: string,
  name: string,
): Promise<DeviceSession> {
  const row = await deps.db.write(actor, (tx) => renameSession(tx, actor.professionalId, sessionId, name));
  if (row === undefined) throw notFound();
  return presentSession(row, actor.sessionId);
}
