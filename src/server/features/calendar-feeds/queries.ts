import { takesTime } from '../../db/appointment-conditions.ts';
import { lockPerson } from '../../db/lock-person.ts';
import { qb } from '../../db/query-builder.ts';
import { onlyRow } from '../../db/rows.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

const shownColumns = ['id', 'name', 'content', 'created_at', 'last_read_at'] as const;

export interface FeedRow {
  readonly id: string;
  readonly name: string;
  readonly content: string;
  readonly created_at: Date;
  readonly last_read_at: Date | null;
}

/** The feeds of one person, oldest first. */
export const listFeeds = (tx: Transaction, professionalId: string): Promise<FeedRow[]> =>
  tx.run(
    qb
      .selectFrom('calendar_feeds')
      .select(shownColumns)
      .where('professional_id', '=', professionalId)
      .orderBy('created_at')
      .orderBy('id'),
  );

/** One of a person's feeds, with the hash of its secret. */
export async function findOwnFeed(tx: Transaction, professionalId: string, id: string) {
  const rows = await tx.run(
    qb
      .selectFrom('calendar_feeds')
      .select([...shownColumns, 'token_hash'])
      .where('professional_id', '=', professionalId)
      .where('id', '=', id),
  );
  return rows[0];
}

export interface NewFeed {
  readonly id: string;
  readonly clinicId: string;
  readonly professionalId: string;
  readonly name: string;
  readonly content: string;
  readonly tokenHash: string;
}

/** Locks the person, so that feeds made at the same time are counted. @returns how many feeds the person has */
export async function countFeeds(tx: Transaction, professionalId: string): Promise<number> {
  const [, rows] = await Promise.all([
    lockPerson(tx, professionalId),
    tx.run(
      qb
        .selectFrom('calendar_feeds')
        .select(sql<number>`count(*)::int`.as('count'))
        .where('professional_id', '=', professionalId),
    ),
  ]);
  return onlyRow(rows).count;
}

export async function insertFeed(tx: Transaction, feed: NewFeed): Promise<FeedRow> {
  const rows = await tx.run(
    qb
      .insertInto('calendar_feeds')
      .values({
        id: feed.id,
        clinic_id: feed.clinicId,
        professional_id: feed.professionalId,
        name: feed.name,
        content: feed.content,
        token_hash: feed.tokenHash,
      })
      .returning(shownColumns),
  );
  return onlyRow(rows);
}

/** @returns whether the person had this feed */
export async function deleteFeed(tx: Transaction, professionalId: string, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb.deleteFrom('calendar_feeds').where('professional_id', '=', professionalId).where('id', '=', id).returning('id'),
  );
  return rows.length > 0;
}

/** The feed of a token, as long as its owner works in the clinic and the clinic is not suspended. For a system transaction. */
export async function findFeedByToken(tx: Transaction, hashes: readonly string[]) {
  const rows = await tx.run(
    qb
      .selectFrom('calendar_feeds as f')
      .innerJoin('professionals as p', (join) =>
        join.onRef('p.clinic_id', '=', 'f.clinic_id').onRef('p.id', '=', 'f.professional_id'),
      )
      .innerJoin('clinics as k', 'k.id', 'f.clinic_id')
      .select(['f.clinic_id', 'f.id', 'f.professional_id', 'f.name', 'f.content'])
      .where('f.token_hash', 'in', hashes)
      .where('k.suspended_at', 'is', null)
      .where('p.deactivated_at', 'is', null),
  );
  return rows[0];
}

/** Notes the use of a feed, at most once in a quarter of an hour. */
export const noteRead = (tx: Transaction, clinicId: string, id: string): Promise<unknown> =>
  tx.run(
    qb
      .updateTable('calendar_feeds')
      .set({ last_read_at: sql`now()` })
      .where('clinic_id', '=', clinicId)
      .where('id', '=', id)
      .where(sql<boolean>`(last_read_at is null or last_read_at not between now() - interval '15 minutes' and now())`),
  );

/**
 * The appointments of a feed: from 90 days ago to 400 days ahead, of the canceled ones those canceled within 30 days. Bounded, so
 * that no agenda makes a reader wait; the latest are the ones that matter.
 */
export const listFeedAppointments = (tx: Transaction, clinicId: string, professionalId: string) =>
  tx.run(
    qb
      .selectFrom('appointments as a')
      .innerJoin('clients as c', (join) =>
        join.onRef('c.clinic_id', '=', 'a.clinic_id').onRef('c.id', '=', 'a.client_id'),
      )
      .select(['a.id', 'a.version', 'a.start_at', 'a.end_at', 'a.updated_at', 'a.status', 'c.full_name'])
      .where('a.clinic_id', '=', clinicId)
      .where('a.professional_id', '=', professionalId)
      .where('a.deleted_at', 'is', null)
      .where('a.start_at', '>=', sql<Date>`now() - interval '90 days'`)
      .where('a.start_at', '<', sql<Date>`now() + interval '400 days'`)
      .where(sql<boolean>`(${takesTime('a')} or coalesce(a.freed_at, a.updated_at) > now() - interval '30 days')`)
      .orderBy('a.start_at', 'desc')
      .orderBy('a.id')
      .limit(mostAppointments),
  );

const mostAppointments = 5000;

/** Deletes all feeds: an address that was revoked after the archive was made must not come back. */
export const deleteAllFeeds = (tx: Transaction): Promise<unknown> => tx.run(qb.deleteFrom('calendar_feeds'));
