import type { Readable } from 'node:stream';
import { plainStanding } from '../../../shared/permissions.ts';
import type { Database } from '../../db/transaction.ts';
import { SessionEnded, StandingChanged } from '../../db/errors.ts';
import { DomainError } from '../../domain-error.ts';
import type { Contributions, CopyFile } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { openClientData } from '../clients/api.ts';
import { findClinicSettings } from '../clinics/api.ts';
import { CopyArchive } from './archive.ts';
import type { CopyPayload } from './copy-job.ts';
import { deleteParts, findQueued, insertPart, markFailed, markReady } from './queries.ts';

export interface MakingDependencies {
  readonly db: Database;
  readonly contributions: Pick<Contributions, 'clientRecords'>;
  /** Aborted when the server stops: the copy is then begun anew elsewhere. */
  readonly signal: AbortSignal;
}

/** Bytes per row of client_copy_parts. */
const partBytes = 1024 * 1024;
/** The most bytes of a copy. */
const mostBytes = 1024 ** 3;

class TooLarge extends Error {}

/**
 * Makes a copy and stores it, in the name of whoever asked for it: what they may not do any more is not done. A copy that cannot be
 * made is marked as failed.
 */
export async function makeCopy(deps: MakingDependencies, { copyId, actor: asked }: CopyPayload): Promise<void> {
  const { db } = deps;
  const row = await db.system((tx) => findQueued(tx, copyId));
  if (row === undefined) return;
  const stored = { clinicId: row.clinic_id, copyId };
  // Those of an attempt that was broken off.
  await db.system((tx) => deleteParts(tx, stored));
  try {
    const actor = await findStanding(db, asked);
    const archive = new CopyArchive();
    const stream = archive.write(await describeContent(deps, actor, row.client_id), deps.contributions);
    const bytes = await storeParts(deps, stored, stream);
    const leftOut = [...archive.leftOut.values()].reduce((sum, count) => sum + count, 0);
    const isWanted = await db.system((tx) => markReady(tx, stored, { bytes, leftOut }));
    if (!isWanted) await db.system((tx) => deleteParts(tx, stored));
  } catch (error) {
    if (!isFinal(error)) throw error;
    await db.system((tx) => Promise.all([markFailed(tx, stored), deleteParts(tx, stored)]));
  }
}

/** Whether another attempt would fail the same way. */
const isFinal = (error: unknown): boolean =>
  [DomainError, SessionEnded, TooLarge].some((kind) => error instanceof kind);

/** Who asked, with what they may do by now. Throws SessionEnded. */
async function findStanding(db: Database, asked: CopyPayload['actor']): Promise<Actor> {
  const actor: Actor = { ...asked, ...plainStanding(asked.role), accessUntil: new Date() };
  try {
    await db.read(actor, () => Promise.resolve());
    return actor;
  } catch (error) {
    if (error instanceof StandingChanged) return { ...actor, ...error.standing };
    throw error;
  }
}

async function describeContent({ db, contributions }: MakingDependencies, actor: Actor, clientId: string) {
  const open = await openClientData({ db, contributions }, actor, clientId);
  const { timeZone } = await db.read(actor, (tx) => findClinicSettings(tx, actor.clinicId));
  return { open, timeZone, files: listFiles(contributions, db, actor, clientId) };
}

async function* listFiles(
  { clientRecords }: Pick<Contributions, 'clientRecords'>,
  db: Database,
  actor: Actor,
  clientId: string,
): AsyncGenerator<CopyFile> {
  for (const { files } of clientRecords) if (files !== undefined) yield* files(db, actor, clientId);
}

/** Stores a stream in pieces, each in a transaction of its own. Throws TooLarge. @returns the number of bytes */
async function storeParts(
  { db, signal }: MakingDependencies,
  stored: { readonly clinicId: string; readonly copyId: string },
  stream: Readable,
): Promise<number> {
  let bytes = 0;
  let part = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const content = Buffer.concat(waiting);
    waiting = [];
    size = 0;
    await db.system((tx) => insertPart(tx, stored, part, content));
    part += 1;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    waiting.push(chunk);
    size += chunk.length;
    bytes += chunk.length;
    if (bytes > mostBytes) throw new TooLarge();
    if (size >= partBytes) await flush();
  }
  await flush();
  return bytes;
}
