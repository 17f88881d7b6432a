import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Locale } from '../../../shared/errors.ts';
import type { ImportJob, ImportSummary } from '../../../shared/contracts/import-job.ts';
import type { importForm, ImportRepeat } from '../../../shared/contracts/imports.ts';
import type { OnConflict } from '../../../shared/import-choices.ts';
import { reaches } from '../../../shared/permissions.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import type { UploadedFile } from '../../http/upload.ts';
import type { JobCaller } from '../../jobs/queue.ts';
import { type AuditAction, recordEvent } from '../audit/api.ts';
import { isActiveProfessional } from '../professionals/api.ts';
import { maySee } from '../clients/api.ts';
import { listNames, listOwners } from '../clients/bulk-api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { assertMayImport, importScope, targetOf } from './access/policy.ts';
import { type ImportDetails, presentSummary } from './presenter.ts';
import { findRejects } from './reporting/reject-queries.ts';
import { listKeptFiles } from './stored/file-queries.ts';
import { findImport, listImports, queueImport, type StoredImport, startUndo } from './stored/import-queries.ts';
import type { Reject } from './matching/decisions.ts';
import { rejectedCsv } from './reporting/rejected-csv.ts';
import { startImport } from './start-import.ts';
import type { UndoResult } from './undoing/undo-import.ts';

type ImportForm = z.output<typeof importForm>;

const shownProblems = 100;
const shownPages = 10;

interface StartedImport {
  readonly details: ImportDetails;
  /** True when an earlier request with the same Idempotency-Key started the import. */
  readonly replayed: boolean;
}

/** Stores a file and queues its import. Throws forbidden, invalid_request, idempotency_key_reused, too_many_imports. */
export async function startUpload(
  db: Database,
  actor: Actor,
  form: ImportForm,
  file: UploadedFile,
  idempotencyKey: string | undefined,
): Promise<StartedImport> {
  assertMayImport(actor);
  const professionalId = targetOf(actor, form.professionalId);
  const { mapping, encoding, delimiter, dateOrder, areaCode } = form;
  const id = uuidv7();
  const content = idempotencyKey === undefined ? [] : [form, file.name, await hashOf(file)];
  const row = await db.write(actor, async (tx) => {
    const claim = await claimCreation(tx, actor, {
      key: idempotencyKey,
      route: 'POST /imports',
      content,
      recordId: id,
    });
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) return requireImport(tx, actor, earlier);
    await assertTarget(tx, professionalId);
    return startImport(tx, {
      id,
      ...ownOf(actor),
      professionalId,
      rows: { kind: 'upload', file },
      dryRun: form.dryRun,
      onConflict: form.onConflict,
      options: { mapping, encoding, delimiter, dateOrder, areaCode },
    });
  });
  return { details: await describe(db, actor, row), replayed: row.id !== id };
}

async function hashOf(file: UploadedFile): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file.path), hash);
  return hash.digest('base64url');
}

/** Queues another import of a stored file. Throws not_found, forbidden, import_file_gone, idempotency_key_reused, too_many_imports. */
export async function repeatImport(
  db: Database,
  actor: Actor,
  { id, choices }: { readonly id: string; readonly choices: ImportRepeat },
  idempotencyKey: string | undefined,
): Promise<StartedImport> {
  assertMayImport(actor);
  const newId = uuidv7();
  const route = 'POST /imports/{id}/repeat';
  const creation = { key: idempotencyKey, route, content: [id, choices], recordId: newId } as const;
  const row = await db.write(actor, async (tx) => {
    const known = earlierRecord(await claimCreation(tx, actor, creation));
    if (known !== undefined) return requireImport(tx, actor, known);
    const earlier = await requireImport(tx, actor, id);
    const fileId = earlier.file_id ?? earlier.id;
    if (!(await listKeptFiles(tx, [fileId])).has(fileId)) throw conflict('import_file_gone');
    const professionalId = targetOf(actor, earlier.professional_id);
    await assertTarget(tx, professionalId);
    const { dryRun, onConflict = earlier.on_conflict as OnConflict, ...options } = choices;
    return startImport(tx, {
      id: newId,
      ...ownOf(actor),
      professionalId,
      rows: { kind: 'kept', fileId, name: earlier.file_name, bytes: Number(earlier.file_bytes) },
      dryRun,
      onConflict,
      options: { ...(earlier.options as object), ...options },
    });
  });
  return { details: await describe(db, actor, row), replayed: row.id !== newId };
}

/** Imports of the last 30 days, newest first: the clinic's for administrators, one's own for others. Throws forbidden. */
export async function listRecentImports(db: Database, actor: Actor): Promise<ImportSummary[]> {
  assertMayImport(actor);
  return db.write(actor, async (tx) => {
    const rows = await listImports(tx, importScope(actor));
    const kept = await listKeptFiles(tx, rows.map(fileIdOf));
    return rows.map((row) => presentSummary(row, kept));
  });
}

/** One import with its results. Throws not_found, forbidden. */
export async function getImport(db: Database, actor: Actor, id: string): Promise<ImportDetails> {
  assertMayImport(actor);
  const row = await db.write(actor, async (tx) => {
    const found = await requireImport(tx, actor, id);
    // Only once it has ended: until then it shows nothing about clients, and a waiting page polls it.
    if (found.finished_at !== null && found.status !== 'undoing') await record(tx, actor, 'import_read', id);
    return found;
  });
  return describe(db, actor, row);
}

/** The rejected rows as CSV, with reasons in `locale`. Records the download in the audit trail first. Throws not_found, forbidden. */
export async function exportRejected(db: Database, actor: Actor, id: string, locale: Locale): Promise<Readable> {
  assertMayImport(actor);
  const row = await db.write(actor, async (tx) => {
    const found = await requireImport(tx, actor, id);
    await record(tx, actor, 'import_rejects_exported', id);
    return found;
  });
  return Readable.from(rejectedCsv((after) => db.read(actor, (tx) => findRejects(tx, id, after)), row, locale));
}

/** Queues the undoing of an import. Throws not_found, forbidden, import_not_undoable. */
export async function requestUndo(db: Database, actor: Actor, id: string): Promise<ImportDetails> {
  assertMayImport(actor);
  const row = await db.write(actor, async (tx) => {
    const found = await requireImport(tx, actor, id);
    if (!(await startUndo(tx, id))) throw conflict('import_not_undoable');
    const job = { importId: id, actorId: actor.professionalId, sessionId: actor.sessionId, asked: askedBy(actor) };
    await queueImport(tx, 'undo_import', job);
    return { ...found, status: 'undoing' };
  });
  return describe(db, actor, row);
}

const record = (tx: Transaction, actor: Actor, action: AuditAction, importId: string): Promise<unknown> =>
  recordEvent(tx, actor, { action, recordType: 'import', recordId: importId });

const ownOf = (actor: Actor) => ({
  clinicId: actor.clinicId,
  createdBy: actor.professionalId,
  sessionId: actor.sessionId,
  asked: askedBy(actor),
});

const askedBy = ({ address, requestId }: Actor): JobCaller => ({ address, requestId });

const fileIdOf = (row: StoredImport): string => row.file_id ?? row.id;

async function assertTarget(tx: Transaction, professionalId: string): Promise<void> {
  if (!(await isActiveProfessional(tx, professionalId))) throw invalidField('professionalId', 'professional_not_found');
}

/** Finds an import that the person may see. Throws not_found, also for other people's imports. */
async function requireImport(tx: Transaction, actor: Actor, id: string): Promise<StoredImport> {
  const row = await findImport(tx, id);
  const scope = importScope(actor);
  if (row === undefined || !reaches(scope, row.created_by)) throw notFound();
  return row;
}

const sampleOf = (row: StoredImport): string[] => (row.sample as ImportJob['sample']).map(({ client }) => client.id);

const namedByUndo = (undo: UndoResult | null): string[] => [
  ...(undo?.keptClients.map(({ id }) => id) ?? []),
  ...(undo?.appointments?.first.map(({ clientId }) => clientId) ?? []),
];

async function describe(db: Database, actor: Actor, row: StoredImport): Promise<ImportDetails> {
  return db.write(actor, async (tx) => {
    const undo = row.undo as UndoResult | null;
    const [rejects, keptFiles, names] = await Promise.all([
      firstRejects(tx, row.id),
      listKeptFiles(tx, [fileIdOf(row)]),
      listNames(tx, [...namedByUndo(undo), ...sampleOf(row)], importScope(actor)),
    ]);
    const owners = await listOwners(tx, [...new Set(rejects.flatMap(({ clientId }) => clientId ?? []))]);
    const seen = [...owners].filter(([id, { owner }]) => maySee(actor, owner, id));
    const taken = new Map(seen.map(([id, { name }]) => [id, name]));
    return { row, rejects, taken, keptFiles, names };
  });
}

/** The first rejected rows: at most 100, of at most ten pages, because rows may be long. */
async function firstRejects(tx: Transaction, id: string): Promise<Reject[]> {
  const rejects: Reject[] = [];
  let after = -1;
  for (let pages = 0; pages < shownPages && rejects.length < shownProblems; pages++) {
    const found = await findRejects(tx, id, after);
    if (found === undefined) break;
    rejects.push(...found.rejects.slice(0, shownProblems - rejects.length));
    after = found.page;
  }
  return rejects;
}
