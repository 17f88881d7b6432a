import { sql } from '../../../db/sql.ts';
import type { Transaction } from '../../../db/transaction.ts';
import { ofWhole } from '../reporting/messages.ts';
import { storedJson } from '../stored/stored-json.ts';
import { isAbandoned } from './import-lock.ts';

/** SQL condition: undoing import `u` is queued, or a worker has just started it and has no lock yet. */
const isAwaited = `exists (select from graphile_worker.jobs j where j.key = 'undo_import:' || u.id
  and (j.locked_at is null or j.locked_at > now() - interval '10 seconds'))`;

/**
 * Ends imports that no process is running: `undoing` becomes `done` again, with a failure that tells it; `running` becomes
 * `interrupted`, and nothing of it is kept. @returns the number of imports ended
 */
export async function endAbandoned(tx: Transaction): Promise<number> {
  const rows = await tx.run(
    sql`with under_way as materialized (select clinic_id, id, status from imports where status in ('running', 'undoing')),
      abandoned as (
        select * from under_way u where not (status = 'undoing' and ${sql.raw(isAwaited)}) and ${sql.raw(isAbandoned('u.id'))}
      ), whole as (
        update imports i set status = 'done', failure = ${storedJson(ofWhole('undo_interrupted'))}::jsonb from abandoned a
        where i.clinic_id = a.clinic_id and i.id = a.id and i.status = 'undoing' returning i.id
      ), broken as (
        update imports i set status = 'interrupted', finished_at = now(), processed = 0, created = 0, updated = 0, moved = 0, renamed = 0,
          completed_phones = 0, left_out = 0,
          unchanged = 0, conflicts = 0, rejected = 0, booked = 0, standing = 0, unbooked = 0
        from abandoned a where i.clinic_id = a.clinic_id and i.id = a.id and i.status = 'running' returning i.id
      ), refused as (
        delete from import_rejects r using broken where r.import_id = broken.id
      )
      select id from whole union all select id from broken`,
  );
  return rows.length;
}
