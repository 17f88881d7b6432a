import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import type { CopyLink } from '../../../shared/contracts/copies.ts';
import type { Config } from '../../config.ts';
import type { Share } from '../../db/stranger-shares.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { limitReached, notFound } from '../../domain-error.ts';
import type { Contributions } from '../../feature.ts';
import type { Actor, Caller } from '../../http/actor.ts';
import { recordEvent, recordSystemEvent } from '../audit/api.ts';
import { chargePublicPage, type Keyring } from '../auth/api.ts';
import { openClientData } from '../clients/api.ts';
import { assertRequestOf } from '../data-requests/api.ts';
import { claimCreation, earlierRecord, makeSecret, repeatSecret } from '../idempotency/api.ts';
import {
  claimCopy,
  countWaiting,
  deleteParts,
  findOpenCopy,
  findPart,
  findRequestedCopy,
  insertCopy,
  markDownloaded,
  queueCopy,
  type ReadyCopy,
  releaseCopy,
} from './queries.ts';

export interface CopyDependencies {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly config: Config;
  readonly contributions: Pick<Contributions, 'clientRecords'>;
  readonly share: Share;
}

/** Copies of a clinic that may wait at once, and their bytes. */
const mostWaiting = 50;
const mostBytes = 4 * 1024 ** 3;
/** Seconds to wait when there are as many: until some were fetched. */
const pause = 3600;

const hasTokenForm = (token: string): boolean => /^[\w-]{43}$/.test(token);

/** The bytes of the secret in a link. */
const tokenBytes = 32;

interface RequestedCopy {
  readonly body: CopyLink;
  /** True when an earlier request with the same Idempotency-Key queued it. */
  readonly replayed: boolean;
}

/**
 * Queues a person's copy and makes its link, which is told once, and to repeats of the request, and stored nowhere. Throws
 * not_found, forbidden, idempotency_key_reused, secret_already_shown, too_many_requests.
 */
export async function requestCopy(
  { db, keyring, config, contributions }: CopyDependencies,
  actor: Actor,
  { clientId, dataRequestId }: { readonly clientId: string; readonly dataRequestId: string | undefined },
  key: string | undefined,
): Promise<RequestedCopy> {
  await openClientData({ db, contributions }, actor, clientId);
  const copyId = uuidv7();
  const { sessionId, professionalId, clinicId, role, requestId, address } = actor;
  const show = (token: string, expiresAt: Date): CopyLink => ({
    url: `${config.publicUrl ?? ''}/api/v1/copies/${token}.zip`,
    expiresAt: expiresAt.toISOString(),
  });
  return db.write(actor, async (tx) => {
    const content = [clientId, dataRequestId];
    const creation = { key, route: 'POST /clients/{id}/copies', content, recordId: copyId } as const;
    const earlier = earlierRecord(await claimCreation(tx, actor, creation));
    if (earlier !== undefined) {
      const known = await findRequestedCopy(tx, { clinicId, copyId: earlier });
      if (known === undefined) throw notFound();
      const isItsToken = (token: string) => keyring.verify('client-copy', token, known.token_hash);
      const token = repeatSecret(keyring, { actor, key, recordId: earlier, bytes: tokenBytes }, isItsToken);
      return { body: show(token, known.expires_at), replayed: true };
    }
    await assertRequestOf(tx, dataRequestId, clientId);
    const waiting = await countWaiting(tx, clinicId);
    if (waiting.copies >= mostWaiting || waiting.bytes >= mostBytes) throw limitReached('too_many_requests', pause);
    const token = makeSecret(keyring, { actor, key, recordId: copyId, bytes: tokenBytes });
    const [expires] = await Promise.all([
      insertCopy(tx, {
        ...{ id: copyId, clinicId, clientId, createdBy: professionalId, dataRequestId: dataRequestId ?? null },
        tokenHash: keyring.hash('client-copy', token),
      }),
      queueCopy(tx, { copyId, actor: { sessionId, professionalId, clinicId, role, requestId, address } }),
      recordEvent(tx, actor, { action: 'copy_requested', recordType: 'client', recordId: clientId }),
    ]);
    return { body: show(token, expires), replayed: false };
  });
}

/** Requests a minute from one address; the page behind a link asks every few seconds whether the copy is ready. */
const requestsAMinute = 60;

/** Throws not_found unless the link works now; changes nothing. Throws too_many_requests. */
export async function assertOpenLink(deps: CopyDependencies, token: string, caller: Caller): Promise<ReadyCopy> {
  const copy = await lookUp(deps, token, caller, findOpenCopy);
  if (copy === undefined) throw notFound();
  return copy;
}

async function lookUp(
  deps: CopyDependencies,
  token: string,
  { address }: Caller,
  find: (tx: Transaction, hashes: readonly string[]) => Promise<ReadyCopy | undefined>,
): Promise<ReadyCopy | undefined> {
  const { db, keyring, share } = deps;
  return share.run(() =>
    db.system(async (tx) => {
      await chargePublicPage(deps, tx, { page: 'copy', address, perMinute: requestsAMinute });
      return hasTokenForm(token) ? find(tx, keyring.hashes('client-copy', token)) : undefined;
    }),
  );
}

export interface Download {
  readonly bytes: number;
  readonly stream: Readable;
  /** Call it once when the answer is over. Only a whole one uses the link up. */
  readonly end: (isWhole: boolean) => Promise<void>;
}

/** Takes the copy of a link, which then works for nobody else. Throws not_found, too_many_requests. */
export async function takeCopy(deps: CopyDependencies, token: string, caller: Caller): Promise<Download> {
  const copy = await lookUp(deps, token, caller, claimCopy);
  if (copy === undefined) throw notFound();
  const { db } = deps;
  const nobody = { clinicId: copy.clinicId, actorId: null, sessionId: null, caller };
  return {
    bytes: copy.bytes,
    stream: Readable.from(readParts(db, copy)),
    end: async (isWhole) => {
      await db.system((tx) =>
        isWhole
          ? Promise.all([
              markDownloaded(tx, copy),
              deleteParts(tx, copy),
              recordSystemEvent(tx, nobody, {
                action: 'copy_downloaded',
                recordType: 'client',
                recordId: copy.clientId,
              }),
            ])
          : releaseCopy(tx, copy),
      );
    },
  };
}

/** Ends with the last byte, not one read later: somebody who has all bytes may hang up at once, and has the whole copy. */
async function* readParts(db: Database, copy: ReadyCopy): AsyncGenerator<Buffer> {
  let left = copy.bytes;
  for (let part = 0; left > 0; part++) {
    const bytes = await db.system((tx) => findPart(tx, copy, part));
    if (bytes === undefined) return;
    left -= bytes.length;
    yield bytes;
  }
}
