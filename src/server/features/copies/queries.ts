import { ago, purgeWith } from '../../db/purge.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { CopyPayload } from './copy-job.ts';

/** Days for which a link waits to be used. */
const linkDays = 3;
/** A download of which nothing was heard for so long has broken off with its process. */
const claimMinutes = 30;

interface NewCopy {
  readonly id: string;
  readonly clinicId: string;
  readonly clientId: string;
  readonly dataRequestId: string | null;
  readonly tokenHash: string;
  readonly createdBy: string;
}

/** @returns when the link expires */
export async function insertCopy(tx: Transaction, row: NewCopy): Promise<Date> {
  const rows = await tx.run(
    sql<{ expires_at: Date }>`
      insert into client_copies (clinic_id, id, client_id, data_request_id, token_hash, created_by, expires_at)
      values (${row.clinicId}, ${row.id}, ${row.clientId}, ${row.dataRequestId}, ${row.tokenHash}, ${row.createdBy},
        now() + make_interval(days => ${linkDays}))
      returning expires_at`,
  );
  return onlyRow(rows).expires_at;
}

/** Queues the job of a copy in the caller's transaction. */
export const queueCopy = (tx: Transaction, payload: CopyPayload): Promise<unknown> =>
  tx.run(sql`select app.queue_copy(${payload.copyId}, ${JSON.stringify(payload)}::json)`);

/** Copies of the clinic that wait to be made or fetched, and their bytes. */
export async function countWaiting(tx: Transaction, clinicId: string): Promise<{ copies: number; bytes: number }> {
  const rows = await tx.run(
    sql<{ copies: number; bytes: number }>`
      select count(*)::int as copies, coalesce(sum(bytes), 0)::float8 as bytes from client_copies
      where clinic_id = ${clinicId} and status <> 'failed' and downloaded_at is null and expires_at > now()`,
  );
  return onlyRow(rows);
}

export async function findQueued(tx: Transaction, id: string) {
  const rows = await tx.run(
    qb
      .selectFrom('client_copies')
      .select(['clinic_id', 'client_id'])
      .where('id', '=', id)
      .where('status', '=', 'queued')
      .where('expires_at', '>', sql<Date>`now()`),
  );
  return rows[0];
}

interface Stored {
  readonly clinicId: string;
  readonly copyId: string;
}

/** The hash of a link's secret, and when the link expires. */
export async function findRequestedCopy(tx: Transaction, { clinicId, copyId }: Stored) {
  const rows = await tx.run(
    qb
      .selectFrom('client_copies')
      .select(['token_hash', 'expires_at'])
      .where('clinic_id', '=', clinicId)
      .where('id', '=', copyId),
  );
  return rows[0];
}

export const insertPart = (
  tx: Transaction,
  { clinicId, copyId }: Stored,
  part: number,
  bytes: Buffer,
): Promise<unknown> =>
  tx.run(qb.insertInto('client_copy_parts').values({ clinic_id: clinicId, copy_id: copyId, part, bytes }));

export const deleteParts = (tx: Transaction, { clinicId, copyId }: Stored): Promise<unknown> =>
  tx.run(qb.deleteFrom('client_copy_parts').where('clinic_id', '=', clinicId).where('copy_id', '=', copyId));

export async function findPart(
  tx: Transaction,
  { clinicId, copyId }: Stored,
  part: number,
): Promise<Buffer | undefined> {
  const rows = await tx.run(
    qb
      .selectFrom('client_copy_parts')
      .select('bytes')
      .where('clinic_id', '=', clinicId)
      .where('copy_id', '=', copyId)
      .where('part', '=', part),
  );
  return rows[0]?.bytes;
}

/** @returns false when the copy has been revoked meanwhile */
export async function markReady(
  tx: Transaction,
  { clinicId, copyId }: Stored,
  { bytes, leftOut }: { readonly bytes: number; readonly leftOut: number },
): Promise<boolean> {
  const rows = await tx.run(
    sql<{
      id: string;
    }>`update client_copies set status = 'ready', ready_at = now(), bytes = ${bytes}, left_out = ${leftOut}
      where clinic_id = ${clinicId} and id = ${copyId} and status = 'queued' and expires_at > now()
      returning id`,
  );
  return rows.length > 0;
}

export const markFailed = (tx: Transaction, { clinicId, copyId }: Stored): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('client_copies')
      .set({ status: 'failed' })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', copyId)
      .where('status', '=', 'queued'),
  );

export interface ReadyCopy extends Stored {
  readonly clientId: string;
  readonly bytes: number;
}

/** SQL condition: the link of a copy `c` works now, and whoever made it still works in the clinic. */
const isOpen = sql<boolean>`c.status = 'ready' and c.downloaded_at is null and c.expires_at > now()
  and (c.claimed_at is null or c.claimed_at < now() - make_interval(mins => ${claimMinutes}))
  and exists (select from client_copy_parts p where p.clinic_id = c.clinic_id and p.copy_id = c.id)
  and exists (
    select from professionals p where p.clinic_id = c.clinic_id and p.id = c.created_by and p.deactivated_at is null
  )`;

const found = sql`c.clinic_id as "clinicId", c.id as "copyId", c.client_id as "clientId", c.bytes::float8 as bytes`;

/** The copy of a link that works. For a system transaction. */
export async function findOpenCopy(tx: Transaction, hashes: readonly string[]): Promise<ReadyCopy | undefined> {
  const rows = await tx.run(
    sql<ReadyCopy>`select ${found} from client_copies c where c.token_hash = any (${hashes}) and ${isOpen}`,
  );
  return rows[0];
}

/** The same, and keeps others from fetching it. */
export async function claimCopy(tx: Transaction, hashes: readonly string[]): Promise<ReadyCopy | undefined> {
  const rows = await tx.run(
    sql<ReadyCopy>`update client_copies c set claimed_at = now()
      where c.token_hash = any (${hashes}) and ${isOpen} returning ${found}`,
  );
  return rows[0];
}

/** Lets a copy be fetched again whose download broke off. */
export const releaseCopy = (tx: Transaction, { clinicId, copyId }: Stored): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('client_copies')
      .set({ claimed_at: null })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', copyId),
  );

export const markDownloaded = (tx: Transaction, { clinicId, copyId }: Stored): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('client_copies')
      .set({ downloaded_at: sql`now()` })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', copyId),
  );

/** Ends the links of clients' copies and deletes the copies. */
export const revokeCopiesOf = (tx: Transaction, clinicId: string, clientIds: readonly string[]): Promise<unknown> =>
  Promise.all([
    tx.run(
      sql`delete from client_copy_parts p using client_copies c
        where c.clinic_id = ${clinicId} and c.client_id = any (${clientIds}::uuid[])
          and p.clinic_id = c.clinic_id and p.copy_id = c.id`,
    ),
    tx.run(
      sql`update client_copies set expires_at = now()
        where clinic_id = ${clinicId} and client_id = any (${clientIds}::uuid[]) and expires_at > now()`,
    ),
  ]);

/** Ends all links: one that was used after the archive was made must not work again. */
export const expireAllCopies = (tx: Transaction): Promise<unknown> =>
  tx.run(sql`update client_copies set expires_at = now() where expires_at > now()`);

/** Deletes copies that were fetched, or that nobody fetched in time. What is kept of them is that they were made. */
export const outlivedParts = purgeWith((limit) =>
  qb.deleteFrom('client_copy_parts').where(
    (eb) =>
      sql<boolean>`${eb.refTuple('copy_id', 'part')} in ${qb
        .selectFrom('client_copies as c')
        .innerJoin('client_copy_parts as p', (join) =>
          join.onRef('p.clinic_id', '=', 'c.clinic_id').onRef('p.copy_id', '=', 'c.id'),
        )
        .where((or) =>
          or.or([
            or('c.expires_at', '<', sql<Date>`now()`),
            or('c.downloaded_at', 'is not', null),
            or('c.created_at', '<', ago('30 days')),
          ]),
        )
        .select(['p.copy_id', 'p.part'])
        .limit(limit)}`,
  ),
);
