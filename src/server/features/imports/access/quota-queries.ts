import { onlyRow } from '../../../db/rows.ts';
import { sql } from '../../../db/sql.ts';
import type { Transaction } from '../../../db/transaction.ts';

/** The use of a clinic's import quota. */
export interface ImportUse {
  /** The number of imports that are queued or running. */
  readonly waiting: number;
  /** Bytes of stored files; each counts once, even when several imports read it. */
  readonly keptBytes: number;
  /** The number of files sent in the last 24 hours, and their bytes. */
  readonly uploads: number;
  readonly uploadedBytes: number;
  /** Seconds until the oldest of these is 24 hours old, and until the oldest stored file is deleted. */
  readonly dayEndsIn: number;
  readonly keptEndsIn: number;
}

/** Locks the quota until the transaction ends: requests of a clinic count and add imports one after the other. */
export const lockQuota = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`import quota ${clinicId}`}, 0))`);

/** Counts the use of the transaction's clinic. */
export async function countImportUse(tx: Transaction, keptDays: number): Promise<ImportUse> {
  const rows = await tx.run<ImportUse>(
    sql<ImportUse>`select
        (select count(*)::int from imports where status in ('queued', 'running')) as waiting,
        kept.bytes as "keptBytes", coalesce(kept.ends_in, 0)::int as "keptEndsIn",
        day.uploads, day.bytes as "uploadedBytes", coalesce(day.ends_in, 0)::int as "dayEndsIn"
      from
        (select coalesce(sum(i.file_bytes), 0)::float8 as bytes,
            ceil(extract(epoch from min(i.created_at) + make_interval(days => ${keptDays}) - now())) as ends_in
          from imports i join import_files f on f.clinic_id = i.clinic_id and f.import_id = i.id and f.part = 0) as kept,
        (select count(*)::int as uploads, coalesce(sum(file_bytes), 0)::float8 as bytes,
            ceil(extract(epoch from min(created_at) + interval '1 day' - now())) as ends_in
          from imports where source = 'web' and file_id is null and created_at > now() - interval '1 day') as day`,
  );
  return onlyRow(rows);
}
