import { Readable } from 'node:stream';
import { definitionOf, fieldColumns, fieldNames, isClinical } from '../../../shared/client-fields.ts';
import type { ExportFilters } from '../../../shared/contracts/clients.ts';
import { writeTags } from '../../../shared/tag-separators.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import type { Actor, Caller } from '../../http/actor.ts';
import { writeCsvLine } from '../../http/csv.ts';
import { writeWorkbook } from '../../http/workbook.ts';
import { recordEvent, recordSystemEvent } from '../audit/api.ts';
import { conditionsOf } from './listing.ts';
import { countListed, type ExportedRow, listNamedClients, listWholeClients, narrowToClinic } from './list-queries.ts';
import type { ClientConditions } from './list-request.ts';
import { assertMayExport, exportScope, seesClinicalData } from './policy.ts';

/** Limits memory: 200 of the longest records take about 30 MB. */
const rowsPerTrip = 200;

interface Sheet {
  readonly header: readonly string[];
  readonly writeCells: (row: ExportedRow) => unknown[];
}

/** The exported fields are also the headers. `clinical` false leaves out what was written in treatment. */
function makeSheet(clinical: boolean): Sheet {
  const columns = fieldNames
    .filter((field) => definitionOf(field).exported !== false && (clinical || !isClinical(field)))
    .map((field) => [field, fieldColumns[field]] as const);
  return {
    // Besides the fields: what an import of the file reads to bring a whole clinic back.
    header: [...columns.map(([field]) => field), 'sharedPhone', 'professionalEmail', 'archivedAt'],
    writeCells: (row) => [
      ...columns.map(([, column]) => (column === 'tags' ? writeTags(row.tags) : row[column])),
      row.phone_shared ? 'true' : '',
      row.owner_email,
      row.archived_at?.toISOString() ?? '',
    ],
  };
}

const sheets = { whole: makeSheet(true), registration: makeSheet(false) };
const sheetFor = (actor: Actor): Sheet => (seesClinicalData(actor) ? sheets.whole : sheets.registration);

/** `standard`: CSV by RFC 4180; `excel`: CSV that a Brazilian Excel opens by double click; `xlsx`: a workbook. */
export type ExportFormat = 'standard' | 'excel' | 'xlsx';

/** Streams the filtered list as a file. Records the export in the audit trail first. Throws forbidden. */
export async function exportClients(
  db: Database,
  actor: Actor,
  { status, ...filters }: ExportFilters,
  format: ExportFormat,
): Promise<Readable> {
  assertMayExport(actor);
  const requests = statusesOf(status).map((each) => ({
    query: filters.q?.trim() ?? '',
    conditions: conditionsOf(exportScope(actor), { ...filters, status: each }, 'name'),
  }));
  const scope = exportScope(actor).whole ? 'clinic' : 'own';
  await db.write(actor, async (tx) => {
    const clients = await countExported(tx, requests);
    await recordEvent(tx, actor, { action: 'clients_exported', details: { scope, clients } });
  });
  return write(
    readTable(sheetFor(actor), requests, (work) => db.readAged(actor, work, { ageSeconds: 10 })),
    format,
  );
}

/** Counting all matches of a search would cost more than the first page of the file. */
const mostCounted = { all: 10_000_000, search: 10_000 } as const;

/** How many clients a file will have; null for more than are counted. */
async function countExported(tx: Transaction, lists: readonly ListToExport[]): Promise<number | null> {
  const counts = await Promise.all(
    lists.map(async ({ query, conditions }) => {
      const atMost = query === '' ? mostCounted.all : mostCounted.search;
      const request = { query, conditions, near: false, after: undefined, limit: 1 };
      const count = await countListed(tx, request, atMost);
      return count < atMost ? count : null;
    }),
  );
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

const statusesOf = (status: ExportFilters['status']) =>
  status === 'all' ? (['active', 'archived'] as const) : [status];

/** Streams clients of a selection as a file, in the order of names; those whom the person may not see are left out. Throws forbidden. */
export async function exportNamedClients(
  db: Database,
  actor: Actor,
  ids: readonly string[],
  format: ExportFormat,
): Promise<Readable> {
  assertMayExport(actor);
  const rows = await db.write(actor, async (tx) => {
    const found = await listNamedClients(tx, ids, exportScope(actor));
    const details = { scope: 'chosen', clients: found.length } as const;
    await recordEvent(tx, actor, { action: 'clients_exported', details });
    return found;
  });
  const { header, writeCells } = sheetFor(actor);
  return write(Readable.from([[header, ...rows.map(writeCells)]]), format);
}

interface OperatorExport {
  readonly clinicId: string;
  /** Limits the export to one professional's clients. */
  readonly professionalId: string | undefined;
  /** Whether archived clients follow the active ones. */
  readonly archived: boolean;
  readonly format: ExportFormat;
  /** The command, for the audit trail. */
  readonly caller: Caller;
}

/** Streams the clients of a clinic as a file, for the host's operator, who is not a person of the clinic. */
export async function exportClinic(db: Database, scope: OperatorExport): Promise<Readable> {
  const { clinicId, professionalId, archived, format, caller } = scope;
  const who = { clinicId, actorId: null, sessionId: null, caller };
  const whose = professionalId === undefined ? 'clinic' : 'own';
  await db.system((tx) => recordSystemEvent(tx, who, { action: 'clients_exported', details: { scope: whose } }));
  const requests = statusesOf(archived ? 'all' : 'active').map((status) => ({
    query: '',
    conditions: { professionalId, status, sort: 'name' } as const,
  }));
  const table = readTable(sheets.whole, requests, (work) =>
    db.system((tx) => {
      void narrowToClinic(tx, clinicId);
      return work(tx);
    }),
  );
  return write(table, format);
}

const write = (table: AsyncIterable<readonly (readonly unknown[])[]>, format: ExportFormat): Readable =>
  format === 'xlsx' ? writeWorkbook(table) : Readable.from(writeCsv(table, format === 'excel'));

async function* writeCsv(
  table: AsyncIterable<readonly (readonly unknown[])[]>,
  excel: boolean,
): AsyncGenerator<string> {
  if (excel) yield '\ufeff';
  for await (const rows of table) yield rows.map((cells) => writeCsvLine(cells, excel ? ';' : ',')).join('');
}

interface ListToExport {
  readonly query: string;
  readonly conditions: ClientConditions;
}

type Run = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/** Yields the header, then the clients of each list in batches. */
async function* readTable(
  { header, writeCells }: Sheet,
  lists: readonly ListToExport[],
  run: Run,
): AsyncGenerator<readonly (readonly unknown[])[]> {
  yield [header];
  for (const list of lists) for await (const rows of readList(list, run)) yield rows.map(writeCells);
}

async function* readList({ query, conditions }: ListToExport, run: Run): AsyncGenerator<readonly ExportedRow[]> {
  let after: { key: string; id: string } | undefined;
  for (;;) {
    const rows = await run((tx) => listWholeClients(tx, { query, near: false, conditions, after, limit: rowsPerTrip }));
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerTrip) return;
    after = { key: last.full_name, id: last.id };
  }
}
