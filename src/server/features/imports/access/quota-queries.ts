import { sql } from 'kysely';
import { qb } from '../../../db/query-builder.ts';
import { onlyRow } from '../../../db/rows.ts';
import type { Transaction } from '../../../db/transaction.ts';

/** What the imports of a clinic take up. */
export interface ImportUse {
  /** Imports that are queued or running. */
  readonly waiting: number;
  /** Bytes of files that are kept, each once however many imports read it. */
  readonly keptBytes: number;
  /** Files sent within a day, and their bytes. */
  readonly uploads: number;
  readonly uploadedBytes: number;
  /** Seconds until the oldest of these is a day old, and until the oldest kept file is deleted. */
  readonly dayEndsIn: number;
  readonly keptEndsIn: number;
}

/** Until the transaction ends, no other one of the clinic counts or adds imports, on whatever server. */
export const lockQuota = (tx: Transaction, clinicId: string): Promise<unknown> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`import quota ${clinicId}`}, 0))`.compile(qb));

/** Counts what the clinic of the transaction has. */
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
          from imports where source = 'web' and file_id is null and created_at > now() - interval '1 day') as day`.compile(
      qb,
    ),
  );
  return onlyRow(rows);
}
