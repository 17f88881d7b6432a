import type { ColumnMeaning, DateOrder } from '../../../shared/contracts/imports.ts';
import { brokenConstraint, isUnavailable } from '../../db/errors.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { type Counts, importClients, type Reject } from './engine/import-clients.ts';
import { ChangedMeanwhile, ImportStore } from './engine/store.ts';
import { recordImportEvent } from './audit-trail.ts';
import { columnsOf, Head, isOwnExport, readRows, signatureOf, withoutLosses } from './file-head.ts';
import { connectForImport, type ImportConnection } from './import-lock.ts';
import {
  changeImport,
  deleteFile,
  deleteRejects,
  endAbandoned,
  findImport,
  findMapping,
  findRole,
  type ImportRow,
  insertRejects,
  saveMapping,
} from './queries.ts';
import { FileProblem } from './reading/records.ts';
import { RowReader } from './reading/rows.ts';
import type { ImportOptions, RowSource } from './row-source.ts';

export interface ImportDependencies {
  readonly db: Database;
  /** The same database: an import uses a connection of its own. */
  readonly url: string;
  /** Called a few times per second. */
  readonly onProgress?: (progress: { readonly counts: Readonly<Counts>; readonly share: number }) => void;
  /** Stops an import, which is then queued again. */
  readonly signal?: AbortSignal;
  /** Called with unforeseen errors. */
  readonly onError?: (error: unknown) => void;
}

const attempts = 3;
/** Above this, new clients enter the search index later: writing that index takes longest. */
const indexAtOnce = 2000;
const millisecondsBetweenReports = 300;

/**
 * Runs a queued import, all or nothing, and stores how it went; a problem with the file does not throw. Returns the import's
 * row.
 */
export async function runImport(deps: ImportDependencies, id: string, source: RowSource): Promise<ImportRow> {
  const { db } = deps;
  const queued = await db.system((tx) => findImport(tx, id));
  if (queued === undefined) throw new Error('there is no such import');
  const connection = await connectForImport(deps.url, { importId: id, clinicId: queued.clinic_id });
  if (connection === undefined) return queued;
  try {
    await runOn(connection, deps, queued, source);
  } finally {
    await connection.close();
  }
  return (await db.system((tx) => findImport(tx, id))) ?? queued;
}

/** Ends imports whose process is gone; nothing of them was kept. Returns how many. */
export const markAbandoned = (db: Database): Promise<number> => db.system(endAbandoned);

async function runOn(
  connection: ImportConnection,
  deps: ImportDependencies,
  queued: ImportRow,
  source: RowSource,
): Promise<void> {
  const { db } = deps;
  const { id } = queued;
  await db.system((tx) => tx.run(changeImport(id, { status: 'running', started: true })));
  let dateOrder: DateOrder | undefined;
  for (let attempt = 1; ; attempt++) {
    const store = new ImportStore(connection.client, {
      clinicId: queued.clinic_id,
      importId: id,
      action: 'import',
      actorId: queued.created_by,
      sessionId: queued.session_id,
      indexLater: source.expectedRows > indexAtOnce,
    });
    try {
      await importOnce(store, deps, queued, { source, dateOrder });
      return;
    } catch (error) {
      await store.rollback().catch(() => undefined);
      if (error instanceof ImportStopped) {
        await db.system((tx) => tx.run(changeImport(id, { status: 'queued', counts: nothing, progress: 0 })));
        throw error;
      }
      if (attempt < attempts && isRace(error)) continue;
      if (dateOrder === undefined && isMonthFirst(error)) {
        dateOrder = 'month';
        continue;
      }
      await writeFailure(deps, id, error);
      return;
    }
  }
}

/** A date far down has shown that those above it were read the wrong way round. */
const isMonthFirst = (error: unknown): boolean => error instanceof FileProblem && error.code === 'month_first';

/** The process is being stopped. */
class ImportStopped extends Error {}

const nothing: Counts = { processed: 0, created: 0, updated: 0, unchanged: 0, moved: 0, conflicts: 0, rejected: 0 };

/** Somebody created or changed a client meanwhile: a new look-up resolves that. */
const isRace = (error: unknown): boolean =>
  error instanceof ChangedMeanwhile || /^clients_(phone|document)_key$/.test(brokenConstraint(error) ?? '');

async function writeFailure({ db, onError }: ImportDependencies, id: string, error: unknown): Promise<void> {
  const failure =
    error instanceof FileProblem
      ? { code: error.code, line: error.line ?? null, column: error.column ?? null, details: error.details }
      : isRace(error)
        ? { code: 'changed_meanwhile', line: null, column: null, details: {} }
        : undefined;
  if (failure === undefined) onError?.(error);
  const change = (isInterruption: boolean) =>
    db.system(async (tx) => {
      await deleteRejects(tx, id);
      await tx.run(
        changeImport(
          id,
          isInterruption
            ? { status: 'interrupted', finished: true, counts: nothing }
            : {
                status: 'failed',
                finished: true,
                counts: nothing,
                failure: failure ?? { code: 'internal', line: null, column: null, details: {} },
              },
        ),
      );
    });
  // While the database is away nothing can be stored: markAbandoned does it later.
  await change(failure === undefined && isUnavailable(error)).catch((reason: unknown) => {
    if (!isUnavailable((reason as Error).cause ?? reason)) throw reason;
  });
}

async function importOnce(
  store: ImportStore,
  deps: ImportDependencies,
  queued: ImportRow,
  { source, dateOrder }: { readonly source: RowSource; readonly dateOrder: DateOrder | undefined },
): Promise<void> {
  const { db } = deps;
  const { id, clinic_id: clinicId, professional_id: professionalId, created_by: createdBy } = queued;
  const options = queued.options as ImportOptions;
  const table = await source.open(options);
  const signature = signatureOf(table.header.cells);
  const [remembered, role] = await db.system((tx) =>
    Promise.all([findMapping(tx, clinicId, signature), findRole(tx, createdBy), deleteRejects(tx, id)]),
  );
  // Without a header, files with other columns look alike.
  const isNamed = table.firstClient === undefined;
  const known = options.mapping === undefined && isNamed ? withoutLosses(remembered, table.header.cells) : undefined;
  const columns = await columnsOf(table, options.mapping ?? known, (header) =>
    db.system((tx) => tx.run(changeImport(id, { header }))),
  );
  const exact = isOwnExport(columns);
  const reading = {
    exact,
    ragged: table.format === 'xlsx',
    areaCode: options.areaCode ?? undefined,
    delimiter: table.delimiter,
    dateOrder: options.dateOrder ?? table.dateOrder,
    foundDateOrder: dateOrder,
  };
  const reader = new RowReader(columns, reading, table.header.cells);
  const head = new Head(columns, table, { reader, remembered: known !== undefined });
  const report = createReporter(deps, queued, source);
  await store.begin();
  const result = await importClients({
    rows: readRows(table, reader, head),
    store,
    expectedRows: source.expectedRows,
    limit: options.limit,
    columnOf: (field) => {
      const of = (meaning: ColumnMeaning) => columns.find((column) => column.meaning === meaning);
      const column = of(field) ?? (field === 'firstName' || field === 'lastName' ? of('fullName') : undefined);
      return column === undefined ? 0 : column.index + 1;
    },
    rules: {
      professionalId,
      onConflict: queued.on_conflict as 'skip' | 'update' | 'create',
      ownOnly: role === 'professional' && queued.source === 'web',
      exact,
    },
    onProgress: (counts, rejects) => report(counts, rejects, head),
  });
  const write = async (tx: Transaction): Promise<void> => {
    await tx.run(
      changeImport(id, {
        status: 'done',
        finished: true,
        total: result.counts.processed,
        progress: 1,
        counts: result.counts,
        header: head.describe(),
        sample: result.sample,
      }),
    );
    if (options.mapping !== undefined && isNamed)
      await saveMapping(tx, { clinicId, signature, mapping: options.mapping });
    if (queued.dry_run) return;
    await deleteFile(tx, queued.file_id ?? id);
    await recordImportEvent(tx, queued, 'clients_imported');
  };
  if (queued.dry_run) {
    await store.rollback();
    await db.system(write);
  } else {
    // One commit for the clients and for the status.
    await write(store);
    await store.commit();
  }
}

/** Stores refused rows, and a few times per second the progress. */
function createReporter({ db, onProgress, signal }: ImportDependencies, queued: ImportRow, source: RowSource) {
  const { id, clinic_id: clinicId } = queued;
  let reportedAt = 0;
  return async (counts: Readonly<Counts>, rejects: readonly Reject[], head: Head): Promise<void> => {
    if (signal?.aborted === true) throw new ImportStopped();
    const isDue = Date.now() - reportedAt > millisecondsBetweenReports;
    const share = Math.min(source.progress(), 0.99);
    if (isDue) onProgress?.({ counts, share });
    if (!isDue && rejects.length === 0) return;
    await db.system(async (tx) => {
      if (rejects.length > 0) await insertRejects(tx, { clinicId, importId: id }, rejects);
      if (isDue) await tx.run(changeImport(id, { progress: share, counts, header: head.describe() }));
    });
    if (isDue) reportedAt = Date.now();
  };
}
