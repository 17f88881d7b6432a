import type { Selectable } from 'kysely';
import type { Scope } from '../../../../shared/permissions.ts';
import { qb } from '../../../db/query-builder.ts';
import { sql } from '../../../db/sql.ts';
import type { Imports } from '../../../db/schema.generated.ts';
import { inScope } from '../../../db/scope.ts';
import type { Transaction } from '../../../db/transaction.ts';
import type { ImportPayloads } from '../import-jobs.ts';
import type { Counts } from '../matching/decisions.ts';
import { storedJson } from './stored-json.ts';

/** An import as a row of its table. */
export type StoredImport = Omit<Selectable<Imports>, 'created_at' | 'started_at' | 'finished_at'> & {
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
};

const keptDays = 30;

interface NewImport {
  readonly id?: string;
  readonly clinicId: string;
  readonly professionalId: string;
  readonly createdBy: string;
  readonly sessionId: string | null;
  readonly source: 'web' | 'command' | 'remote';
  readonly fileName: string | null;
  readonly fileBytes: number | null;
  readonly fileId: string | null;
  readonly dryRun: boolean;
  readonly onConflict: string;
  readonly options: unknown;
}

export async function insertImport(tx: Transaction, row: NewImport): Promise<StoredImport> {
  const [inserted] = await tx.run(
    qb
      .insertInto('imports')
      .values({
        ...(row.id === undefined ? {} : { id: row.id }),
        clinic_id: row.clinicId,
        professional_id: row.professionalId,
        created_by: row.createdBy,
        session_id: row.sessionId,
        source: row.source,
        file_name: row.fileName,
        file_bytes: row.fileBytes,
        file_id: row.fileId,
        dry_run: row.dryRun,
        on_conflict: row.onConflict,
        options: storedJson(row.options),
      })
      .returningAll(),
  );
  return inserted as unknown as StoredImport;
}

/** Imports of the last 30 days, newest first. */
export const listImports = (tx: Transaction, scope: Scope): Promise<StoredImport[]> =>
  tx.run(
    qb
      .selectFrom('imports')
      .selectAll()
      .where('created_at', '>', sql<Date>`now() - make_interval(days => ${keptDays})`)
      .where(inScope(scope, 'created_by'))
      .orderBy('id', 'desc')
      .limit(200),
  ) as Promise<unknown> as Promise<StoredImport[]>;

/** One import; in a session's transaction, only of its clinic. */
export async function findImport(tx: Transaction, id: string): Promise<StoredImport | undefined> {
  const rows = await tx.run(qb.selectFrom('imports').selectAll().where('id', '=', id));
  return rows[0];
}

/** What a job can change in its import. */
export interface ImportChange {
  readonly status?: StoredImport['status'];
  readonly total?: number;
  readonly progress?: number;
  readonly counts?: Readonly<Counts>;
  readonly header?: unknown;
  readonly sample?: unknown;
  readonly failure?: unknown;
  readonly undo?: unknown;
  readonly started?: true;
  readonly finished?: true;
}

/** The change as a statement, because the last one has to run on the import's own connection. */
export const changeImport = (id: string, change: ImportChange) =>
  qb
    .updateTable('imports')
    .set({
      ...change.counts,
      ...(change.status !== undefined && { status: change.status }),
      ...(change.total !== undefined && { total: change.total }),
      ...(change.progress !== undefined && { progress: change.progress }),
      ...(change.header !== undefined && { header: storedJson(change.header) }),
      ...(change.sample !== undefined && { sample: storedJson(change.sample) }),
      ...(change.failure !== undefined && { failure: storedJson(change.failure) }),
      ...(change.undo !== undefined && { undo: storedJson(change.undo) }),
      ...(change.started === true && { started_at: sql<string>`now()` }),
      ...(change.finished === true && { finished_at: sql<string>`clock_timestamp()` }),
    })
    .where('id', '=', id)
    .compile();

/** Sets an import to `undoing`. @returns false if it cannot be undone, or somebody else was first */
export async function startUndo(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb
      .updateTable('imports')
      .set({ status: 'undoing', failure: null })
      .where('id', '=', id)
      .where('status', '=', 'done')
      .where('dry_run', '=', false)
      .where('finished_at', '>', sql<Date>`now() - make_interval(days => ${keptDays})`)
      .returning('id'),
  );
  return rows.length > 0;
}

/** Queues an import's job in the caller's transaction. */
export const queueImport = <Task extends keyof ImportPayloads>(
  tx: Transaction,
  task: Task,
  payload: ImportPayloads[Task],
): Promise<unknown> => tx.run(sql`select app.queue_import(${task}, ${storedJson(payload)}::json)`);
