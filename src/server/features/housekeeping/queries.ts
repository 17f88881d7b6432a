import { sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Transaction } from '../../db/transaction.ts';

const ago = (interval: string) => sql<Date>`now() - ${interval}::interval`;

const importsBefore = (interval: string) => qb.selectFrom('imports as i').where('i.created_at', '<', ago(interval));

/** The deletion of up to `limit` rows of each kind that have outlived their use. */
const deletions = {
  /** Ended, or not refreshed in time, a quarter ago. */
  sessions: (limit: number) =>
    qb.deleteFrom('device_sessions').where('id', 'in', (eb) =>
      eb
        .selectFrom('device_sessions')
        .select('id')
        .where((of) => of.fn.coalesce('ended_at', 'refresh_expires_at'), '<', ago('90 days'))
        .limit(limit),
    ),
  codes: (limit: number) =>
    qb.deleteFrom('access_codes').where('id', 'in', (eb) =>
      eb
        .selectFrom('access_codes')
        .select('id')
        .where((of) => of.fn.coalesce('used_at', 'expires_at'), '<', ago('7 days'))
        .limit(limit),
    ),
  idempotencyKeys: (limit: number) =>
    qb
      .deleteFrom('idempotency_keys')
      .where(
        (eb) =>
          sql<boolean>`${eb.refTuple('professional_id', 'key')} in ${eb
            .selectFrom('idempotency_keys')
            .select(['professional_id', 'key'])
            .where('created_at', '<', ago('24 hours'))
            .limit(limit)}`,
      ),
  guards: (limit: number) =>
    qb.deleteFrom('sign_in_guards').where(
      (eb) =>
        sql<boolean>`${eb.refTuple('email_key', 'device_key')} in ${eb
          .selectFrom('sign_in_guards')
          .select(['email_key', 'device_key'])
          .where('updated_at', '<', ago('30 days'))
          .where((of) => of.or([of('locked_until', 'is', null), of('locked_until', '<', ago('0'))]))
          .limit(limit)}`,
    ),
  rateLimits: (limit: number) =>
    qb
      .deleteFrom('rate_limits')
      .where('key', 'in', (eb) =>
        eb.selectFrom('rate_limits').select('key').where('expires_at', '<', ago('0')).limit(limit),
      ),
  passkeyChallenges: (limit: number) =>
    qb
      .deleteFrom('passkey_challenges')
      .where('challenge', 'in', (eb) =>
        eb.selectFrom('passkey_challenges').select('challenge').where('expires_at', '<', ago('0')).limit(limit),
      ),
  /** Uploaded files: a day is enough to look at a dry run and import in earnest. */
  importFiles: (limit: number) =>
    qb.deleteFrom('import_files').where(
      (eb) =>
        sql<boolean>`${eb.refTuple('import_id', 'part')} in ${importsBefore('1 day')
          .innerJoin('import_files as f', (join) =>
            join.onRef('f.clinic_id', '=', 'i.clinic_id').onRef('f.import_id', '=', 'i.id'),
          )
          .select(['f.import_id', 'f.part'])
          .limit(limit)}`,
    ),
  /** Rows that were not taken, as long as an import can be undone. */
  importRejects: (limit: number) =>
    qb.deleteFrom('import_rejects').where(
      (eb) =>
        sql<boolean>`${eb.refTuple('import_id', 'line')} in ${importsBefore('30 days')
          .innerJoin('import_rejects as r', (join) =>
            join.onRef('r.clinic_id', '=', 'i.clinic_id').onRef('r.import_id', '=', 'i.id'),
          )
          .select(['r.import_id', 'r.line'])
          .limit(limit)}`,
    ),
};

export type Disposable = keyof typeof deletions;

export const disposables = Object.keys(deletions) as readonly Disposable[];

/** Deletes up to `limit` rows of a kind; gives how many there were. */
export async function deleteOutlived(tx: Transaction, kind: Disposable, limit: number): Promise<number> {
  const [row] = await tx.run<{ count: number }>(
    sql<{ count: number }>`with gone as (${deletions[kind](limit)} returning 1)
      select count(*)::int as count from gone`.compile(qb),
  );
  return row?.count ?? 0;
}
