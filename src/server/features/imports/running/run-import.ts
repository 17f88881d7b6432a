import type { Role } from '../../../../shared/contracts/auth.ts';
import type { ColumnMeaning, DateOrder } from '../../../../shared/contracts/imports.ts';
import { brokenConstraint, isDeadlock, isUnavailable } from '../../../db/errors.ts';
import type { Database, Transaction } from '../../../db/transaction.ts';
import type { JobCaller } from '../../../jobs/queue.ts';
import { importingRole, NotAllowed } from '../access/authority.ts';
import { type Counts, importClients, type Reject } from './import-clients.ts';
import { ChangedMeanwhile, ImportStore } from '../engine/store.ts';
import { recordImportEvent } from './audit-trail.ts';
import { isOwnExport, signatureOf, withoutLosses } from '../sources/file-head.ts';
import { connectForImport, type ImportConnection } from './import-lock.ts';
import {
  changeImport,
  deleteFile,
  deleteRejects,
  endAbandoned,
  findImport,
  findMapping,
  type ImportRow,
  insertRejects,
  saveMapping,
} from '../stored/import-queries.ts';
import { packRejects } from '../reporting/packed-rejects.ts';
import { FileProblem } from '../reading/records/records.ts';
import type { ImportOptions, OpenedRows, RowSource } from '../sources/row-source.ts';

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
 * row. `asked` is for the audit trail.
 */
export async function runImport(
  deps: ImportDependencies,
  id: string,
  source: RowSource,
  asked?: JobCaller,
): Promise<ImportRow> {
  const { db } = deps;
  const queued = await db.system((tx) => findImport(tx, id));
  if (queued === undefined) throw new Error('there is no such import');
  const connection = await connectForImport(deps.url, { importId: id, clinicId: queued.clinic_id });
  if (connection === undefined) return queued;
  try {
    await runOn(connection, deps, { queued, asked }, source);
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
  request: QueuedImport,
  source: RowSource,
): Promise<void> {
  const { db } = deps;
  const { queued } = request;
  const { id } = queued;
  await db.system((tx) => tx.run(changeImport(id, { status: 'running', started: true })));
  let dateOrder: DateOrder | undefined;
  for (let attempt = 1; ; attempt++) {
    let store: ImportStore | undefined;
    try {
      const role = await db.system((tx) => importingRole(tx, queued));
      store = new ImportStore(connection.client, {
        clinicId: queued.clinic_id,
        importId: id,
        action: 'import',
        actorId: queued.created_by,
        sessionId: queued.session_id,
        indexLater: source.expectedRows > indexAtOnce,
        dryRun: queued.dry_run,
        ownOnly: isLimited(role) ? queued.professional_id : undefined,
      });
      await importOnce(store, deps, { ...request, role, dateOrder }, source);
      return;
    } catch (error) {
      await store?.rollback().catch(() => undefined);
      if (deps.signal?.aborted === true) {
        await db.system((tx) => tx.run(changeImport(id, { status: 'queued', counts: nothing, progress: 0 })));
        throw new ImportStopped();
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

/** An import and where it was asked for. */
interface QueuedImport {
  readonly queued: ImportRow;
  readonly asked: JobCaller | undefined;
}

/** An import with the role that its person has now; undefined for the host's operator. */
interface AllowedImport extends QueuedImport {
  readonly role: Role | undefined;
  /** Of dates, as an earlier reading found it. */
  readonly dateOrder: DateOrder | undefined;
}

/** A date far down has shown that those above it were read the wrong way round. */
const isMonthFirst = (error: unknown): boolean => error instanceof FileProblem && error.code === 'month_first';

/** The process is being stopped. */
class ImportStopped extends Error {}

const nothing: Counts = { processed: 0, created: 0, updated: 0, unchanged: 0, moved: 0, conflicts: 0, rejected: 0 };

/** Somebody created or changed a client or the importing person's role meanwhile: starting over resolves that. */
const isRace = (error: unknown): boolean =>
  error instanceof ChangedMeanwhile ||
  isDeadlock(error) ||
  /^clients_(phone|document)_key$/.test(brokenConstraint(error) ?? '');

async function writeFailure({ db, onError }: ImportDependencies, id: string, error: unknown): Promise<void> {
  const failure =
    error instanceof FileProblem
      ? { code: error.code, line: error.line ?? null, column: error.column ?? null, details: error.details }
      : error instanceof NotAllowed
        ? { code: error.code, line: null, column: null, details: {} }
        : isRace(error)
          ? { code: 'changed_meanwhile', line: null, column: null, details: {} }
          : undefined;
  // A constraint that was broken every time may be a fault of ours.
  if (failure === undefined || brokenConstraint(error) !== undefined) onError?.(error);
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
  request: AllowedImport,
  source: RowSource,
): Promise<void> {
  const opened = await source.open(request.queued.options as ImportOptions);
  try {
    await importOpened(store, deps, request, { source, opened });
  } finally {
    await opened.close();
  }
}

async function importOpened(
  store: ImportStore,
  deps: ImportDependencies,
  { queued, asked, role, dateOrder }: AllowedImport,
  { source, opened }: { readonly source: RowSource; readonly opened: OpenedRows },
): Promise<void> {
  const { db } = deps;
  const { id, clinic_id: clinicId, professional_id: professionalId } = queued;
  const options = queued.options as ImportOptions;
  const signature = signatureOf(opened.header);
  const [remembered] = await db.system((tx) =>
    Promise.all([findMapping(tx, clinicId, signature), deleteRejects(tx, id)]),
  );
  // Without a header, files with other columns look alike.
  const { isNamed } = opened;
  const known = options.mapping === undefined && isNamed ? withoutLosses(remembered, opened.header) : undefined;
  const mapped = await opened.map({
    mapping: options.mapping ?? known,
    isRemembered: known !== undefined,
    foundDateOrder: dateOrder,
  });
  if ('problem' in mapped) {
    await db.system((tx) => tx.run(changeImport(id, { header: mapped.head })));
    throw mapped.problem;
  }
  const { columns } = mapped;
  const report = createReporter(deps, queued, { source, opened });
  await store.begin();
  const result = await importClients({
    rows: opened.rows(),
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
      ownOnly: isLimited(role),
      exact: isOwnExport(columns),
    },
    onProgress: report,
  });
  const write = async (tx: Transaction): Promise<void> => {
    // Asked again: a long import must not outlive what its requester may do.
    if ((await importingRole(tx, queued)) !== role) throw new ChangedMeanwhile();
    await tx.run(
      changeImport(id, {
        status: 'done',
        finished: true,
        total: result.counts.processed,
        progress: 1,
        counts: result.counts,
        header: opened.head(),
        sample: result.sample,
      }),
    );
    if (options.mapping !== undefined && isNamed)
      await saveMapping(tx, { clinicId, signature, mapping: options.mapping });
    if (queued.dry_run) return;
    await deleteFile(tx, queued.file_id ?? id);
    await recordImportEvent(tx, queued, 'clients_imported', asked);
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

/** Everybody but an administrator, and the host's operator, leaves the clients of colleagues alone. */
const isLimited = (role: Role | undefined): boolean => role !== undefined && role !== 'administrator';

/** Stores refused rows, and a few times per second the progress. */
function createReporter(
  { db, onProgress, signal }: ImportDependencies,
  queued: ImportRow,
  { source, opened }: { readonly source: RowSource; readonly opened: OpenedRows },
) {
  const { id, clinic_id: clinicId } = queued;
  let reportedAt = 0;
  return async (counts: Readonly<Counts>, rejects: readonly Reject[]): Promise<void> => {
    if (signal?.aborted === true) throw new ImportStopped();
    const isDue = Date.now() - reportedAt > millisecondsBetweenReports;
    const share = Math.min(source.progress(), 0.99);
    if (isDue) onProgress?.({ counts, share });
    if (!isDue && rejects.length === 0) return;
    const pages = await packRejects(rejects);
    await db.system(async (tx) => {
      if (pages.length > 0) await insertRejects(tx, { clinicId, importId: id }, pages);
      if (isDue) await tx.run(changeImport(id, { progress: share, counts, header: opened.head() }));
    });
    if (isDue) reportedAt = Date.now();
  };
}
