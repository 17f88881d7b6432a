import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

export const listChains = (tx: Transaction) =>
  tx.run(qb.selectFrom('clinics').select(['id', 'name']).orderBy('created_at').orderBy('id'));

/**
 * Links of a clinic's chain after a sequence number. `holds`: the hash is that of the event as it is now; null if the event is
 * gone. `late`: seconds from the event to its seal.
 */
export const listLinks = (tx: Transaction, clinicId: string, after: number, limit: number) =>
  tx.run(
    qb
      .selectFrom('audit_seals as s')
      .leftJoin('audit_events as e', (join) =>
        join.onRef('e.clinic_id', '=', 's.clinic_id').onRef('e.id', '=', 's.event_id'),
      )
      .select(['s.sequence', 's.event_id', 's.previous_hash', 's.hash', 'e.at'])
      .select(
        sql<
          boolean | null
        >`case when e.id is not null then sha256(s.previous_hash || app.audit_bytes(e)) = s.hash end`.as('holds'),
      )
      .select(sql<number | null>`extract(epoch from s.sealed_at - e.at)::float8`.as('late'))
      .where('s.clinic_id', '=', clinicId)
      .where('s.sequence', '>', String(after))
      .orderBy('s.sequence')
      .limit(limit),
  );

export type Link = Awaited<ReturnType<typeof listLinks>>[number];

/** The place of the link with this hash, undefined if there is none. */
export async function findLink(tx: Transaction, clinicId: string, hash: Buffer): Promise<number | undefined> {
  const [row] = await tx.run(
    qb.selectFrom('audit_seals').select('sequence').where('clinic_id', '=', clinicId).where('hash', '=', hash).limit(1),
  );
  return row && Number(row.sequence);
}

/** The hash of the link in a place. */
export async function findHash(tx: Transaction, clinicId: string, sequence: number): Promise<Buffer | undefined> {
  const [row] = await tx.run(
    qb
      .selectFrom('audit_seals')
      .select('hash')
      .where('clinic_id', '=', clinicId)
      .where('sequence', '=', String(sequence)),
  );
  return row?.hash;
}

/**
 * The place of another link whose event, or whose event's contents, are those that a link was made of: somebody exchanged the
 * two. Reads the clinic's whole trail.
 */
export async function findExchanged(tx: Transaction, clinicId: string, link: Link): Promise<number | undefined> {
  const [row] = await tx.run<{ sequence: string }>(
    sql<{ sequence: string }>`
      select s.sequence from audit_events e join audit_seals s on s.clinic_id = e.clinic_id and s.event_id = e.id
      where e.clinic_id = ${clinicId} and s.sequence <> ${link.sequence} and ${link.hash}::bytea in (
        sha256(${link.previous_hash}::bytea || app.audit_bytes(e)),
        sha256(${link.previous_hash}::bytea
          || app.audit_bytes(jsonb_populate_record(e, jsonb_build_object('id', ${link.event_id}::uuid))))
      ) limit 1`,
  );
  return row && Number(row.sequence);
}

/** Seconds after which an event without a seal is remarkable: a running server seals within two seconds. */
export const longestUnsealed = 15 * 60;

/**
 * Events that no link covers although they are older than that, the oldest first. `before`: the place of the first link with a
 * later event; null if there is none.
 */
export const listUnsealed = (tx: Transaction, clinicId: string, limit: number) =>
  tx.run<{ id: string; total: string; before: string | null }>(
    sql<{ id: string; total: string; before: string | null }>`
      with unsealed as materialized (
        select e.id, e.at, count(*) over () as total from audit_events e
        where e.clinic_id = ${clinicId} and e.at < now() - make_interval(secs => ${longestUnsealed})
          and not exists (select from audit_seals s where s.clinic_id = e.clinic_id and s.event_id = e.id)
        order by e.at, e.id limit ${limit}
      )
      select u.id, u.total, (
        select s.sequence from audit_events e join audit_seals s on s.clinic_id = e.clinic_id and s.event_id = e.id
        where e.clinic_id = ${clinicId} and e.at > u.at order by e.at, e.id limit 1
      ) as before
      from unsealed u order by u.at, u.id`,
  );

/** The last link of every clinic's chain. */
export const listHeads = (tx: Transaction) =>
  tx.run<{ clinic_id: string; sequence: string; hash: Buffer }>(
    sql<{ clinic_id: string; sequence: string; hash: Buffer }>`
      select c.id as clinic_id, s.sequence, s.hash from clinics c
      cross join lateral (
        select sequence, hash from audit_seals where clinic_id = c.id order by sequence desc limit 1
      ) s
      order by c.created_at, c.id`,
  );
