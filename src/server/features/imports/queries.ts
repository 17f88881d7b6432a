import { type Selectable, sql } from 'kysely';
import { qb } from '../../db/query-builder.ts';
import type { Imports } from '../../db/schema.generated.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Counts, Reject } from './engine/import-clients.ts';
import type { ImportPayloads } from './import-jobs.ts';
import { isAbandoned } from './import-lock.ts';
import { type PackedRejects, unpackRejects } from './packed-rejects.ts';

export type ImportRow = Omit<Selectable<Imports>, 'created_at' | 'started_at' | 'finished_at'> & {
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
};

/** Bytes of a file per row of import_files. */
export const partBytes = 1024 * 1024;
const keptDays = 30;

/** Replaces NULs and lone surrogates, which refused rows may contain and PostgreSQL does not store, by `\ufffd`. */
const json = (value: unknown) =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? inner.toWellFormed().replaceAll('\0', '\ufffd') : inner,
  );

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

export async function insertImport(tx: Transaction, row: NewImport): Promise<ImportRow> {
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
        options: json(row.options),
      })
      .returningAll(),
  );
  return inserted as unknown as ImportRow;
}

/** Imports of the last 30 days, newest first; of one person if given. */
export const listImports = (tx: Transaction, createdBy: string | undefined): Promise<ImportRow[]> =>
  tx.run(
    qb
      .selectFrom('imports')
      .selectAll()
      .where('created_at', '>', sql<Date>`now() - make_interval(days => ${keptDays})`)
      .$if(createdBy !== undefined, (query) => query.where('created_by', '=', createdBy ?? ''))
      .orderBy('id', 'desc')
      .limit(200),
  ) as Promise<unknown> as Promise<ImportRow[]>;

/** One import; in a session's transaction, only of its clinic. */
export async function findImport(tx: Transaction, id: string): Promise<ImportRow | undefined> {
  const rows = await tx.run(qb.selectFrom('imports').selectAll().where('id', '=', id));
  return rows[0];
}

/** What a job changes about its import. */
export interface ImportChange {
  readonly status?: ImportRow['status'];
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

/** The change of an import's row, as a statement: the last one runs on the import's own connection. */
export const changeImport = (id: string, change: ImportChange) =>
  qb
    .updateTable('imports')
    .set({
      ...change.counts,
      ...(change.status !== undefined && { status: change.status }),
      ...(change.total !== undefined && { total: change.total }),
      ...(change.progress !== undefined && { progress: change.progress }),
      ...(change.header !== undefined && { header: json(change.header) }),
      ...(change.sample !== undefined && { sample: json(change.sample) }),
      ...(change.failure !== undefined && { failure: json(change.failure) }),
      ...(change.undo !== undefined && { undo: json(change.undo) }),
      ...(change.started === true && { started_at: sql<string>`now()` }),
      ...(change.finished === true && { finished_at: sql<string>`clock_timestamp()` }),
    })
    .where('id', '=', id)
    .compile();

/** Sets an import to `undoing`; false if somebody else was first, or it cannot be undone. */
export async function startUndo(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.run(
    qb
      .updateTable('imports')
      .set({ status: 'undoing' })
      .where('id', '=', id)
      .where('status', '=', 'done')
      .where('dry_run', '=', false)
      .where('finished_at', '>', sql<Date>`now() - make_interval(days => ${keptDays})`)
      .returning('id'),
  );
  return rows.length > 0;
}

/** Whether its undoing is queued, or was just started by a worker that has no lock yet. */
const isAwaited = `exists (select from graphile_worker.jobs j where j.key = 'undo_import:' || u.id
  and (j.locked_at is null or j.locked_at > now() - interval '10 seconds'))`;

/**
 * Ends imports that no process is running: `undoing` becomes `done` again, `running` becomes `interrupted`, of which nothing
 * was kept. Returns how many.
 */
export async function endAbandoned(tx: Transaction): Promise<number> {
  const rows = await tx.run(
    sql`with under_way as materialized (select clinic_id, id, status from imports where status in ('running', 'undoing')),
      abandoned as (
        select * from under_way u where not (status = 'undoing' and ${sql.raw(isAwaited)}) and ${sql.raw(isAbandoned('u.id'))}
      ), whole as (
        update imports i set status = 'done' from abandoned a
        where i.clinic_id = a.clinic_id and i.id = a.id and i.status = 'undoing' returning i.id
      ), broken as (
        update imports i set status = 'interrupted', finished_at = now(), processed = 0, created = 0, updated = 0, moved = 0,
          unchanged = 0, conflicts = 0, rejected = 0
        from abandoned a where i.clinic_id = a.clinic_id and i.id = a.id and i.status = 'running' returning i.id
      ), refused as (
        delete from import_rejects r using broken where r.import_id = broken.id
      )
      select id from whole union all select id from broken`.compile(qb),
  );
  return rows.length;
}

/** Queues an import's job in the same transaction. */
export const queueImport = <Task extends keyof ImportPayloads>(
  tx: Transaction,
  task: Task,
  payload: ImportPayloads[Task],
): Promise<unknown> => tx.run(sql`select app.queue_import(${task}, ${json(payload)}::json)`.compile(qb));

export const insertFilePart = (
  tx: Transaction,
  row: { readonly clinicId: string; readonly importId: string; readonly part: number; readonly bytes: Buffer },
): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('import_files')
      .values({ clinic_id: row.clinicId, import_id: row.importId, part: row.part, bytes: row.bytes }),
  );

export async function findFilePart(tx: Transaction, importId: string, part: number): Promise<Buffer | undefined> {
  const rows = await tx.run(
    qb.selectFrom('import_files').select('bytes').where('import_id', '=', importId).where('part', '=', part),
  );
  return rows[0]?.bytes;
}

/** Deletes a file whose clients have been imported. */
export const deleteFile = (tx: Transaction, importId: string): Promise<unknown> =>
  tx.run(qb.deleteFrom('import_files').where('import_id', '=', importId));

/** Which of these imports still have their file. */
export async function listKeptFiles(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.run(
    qb.selectFrom('import_files').select('import_id').where('part', '=', 0).where('import_id', 'in', ids),
  );
  return new Set(rows.map((row) => row.import_id));
}

export const insertRejects = (
  tx: Transaction,
  where: { readonly clinicId: string; readonly importId: string },
  pages: readonly PackedRejects[],
): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('import_rejects')
      .values(
        pages.map(({ line, packed }) => ({
          clinic_id: where.clinicId,
          import_id: where.importId,
          line,
          kind: 'rejected',
          cells: '[]',
          problems: '[]',
          packed,
        })),
      )
      .onConflict((conflict) => conflict.doNothing()),
  );

export const deleteRejects = (tx: Transaction, importId: string): Promise<unknown> =>
  tx.run(qb.deleteFrom('import_rejects').where('import_id', '=', importId));

/** Refused rows that are stored together, in the order of the file. */
export interface RejectPage {
  /** To ask for the page after this one. */
  readonly page: number;
  readonly rejects: readonly Reject[];
}

/** The first page of refused rows after another; undefined after the last. */
export async function findRejects(tx: Transaction, importId: string, after: number): Promise<RejectPage | undefined> {
  const [row] = await tx.run(
    qb
      .selectFrom('import_rejects')
      .select(['line', 'kind', 'cells', 'problems', 'client_id', 'packed'])
      .where('import_id', '=', importId)
      .where('line', '>', after)
      .orderBy('line')
      .limit(1),
  );
  if (row === undefined) return undefined;
  const { line, kind, packed } = row;
  const alone = {
    line,
    kind: kind as Reject['kind'],
    cells: row.cells as unknown as Reject['cells'],
    problems: row.problems as unknown as Reject['problems'],
    clientId: row.client_id ?? undefined,
  };
  return { page: line, rejects: packed === null ? [alone] : await unpackRejects(packed) };
}

/** Clients that conflicting rows were taken for, with who has them. */
export async function listTaken(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly name: string; readonly owner: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.run(
    qb.selectFrom('clients').select(['id', 'full_name', 'professional_id']).where('id', 'in', ids),
  );
  return new Map(rows.map((row) => [row.id, { name: row.full_name, owner: row.professional_id }]));
}

/** Remembers how a clinic maps files with these columns. */
export const saveMapping = (
  tx: Transaction,
  row: { readonly clinicId: string; readonly signature: string; readonly mapping: unknown },
): Promise<unknown> =>
  tx.run(
    qb
      .insertInto('import_mappings')
      .values({ clinic_id: row.clinicId, signature: row.signature, mapping: json(row.mapping) })
      .onConflict((conflict) =>
        conflict
          .columns(['clinic_id', 'signature'])
          .doUpdateSet({ mapping: json(row.mapping), used_at: sql<string>`now()` }),
      ),
  );

export async function findMapping(
  tx: Transaction,
  clinicId: string,
  signature: string,
): Promise<Record<string, string> | undefined> {
  const rows = await tx.run(
    qb
      .selectFrom('import_mappings')
      .select('mapping')
      .where('clinic_id', '=', clinicId)
      .where('signature', '=', signature),
  );
  return rows[0]?.mapping as Record<string, string> | undefined;
}

/** Names of clients that this person may see. */
export async function listNames(
  tx: Transaction,
  ids: readonly string[],
  owner: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.run(
    qb
      .selectFrom('clients')
      .select(['id', 'full_name'])
      .where('id', 'in', ids)
      .$if(owner !== undefined, (query) => query.where('professional_id', '=', owner ?? '')),
  );
  return new Map(rows.map((row) => [row.id, row.full_name]));
}
