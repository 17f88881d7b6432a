import { Readable } from 'node:stream';
import { definitionOf, fieldColumns, fieldNames } from '../../../shared/client-fields.ts';
import type { ClientFilters } from '../../../shared/contracts/clients.ts';
import { writeTags } from '../../../shared/tag-separators.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import type { Actor, Caller } from '../../http/actor.ts';
import { writeCsvLine } from '../../http/csv.ts';
import { writeWorkbook } from '../../http/workbook.ts';
import { recordEvent, recordSystemEvent } from '../audit/api.ts';
import { conditionsOf } from './listing.ts';
import { listWholeClients, narrowToClinic } from './list-queries.ts';
import type { ClientConditions } from './list-request.ts';
import { assertMayExport } from './policy.ts';

/** Limits memory: 200 of the longest records take about 30 MB. */
const rowsPerTrip = 200;

/** The exported fields, which are also the headers, with their columns. */
const columns = fieldNames
  .filter((field) => definitionOf(field).exported !== false)
  .map((field) => [field, fieldColumns[field]] as const);

/** `standard`: CSV by RFC 4180; `excel`: CSV that a Brazilian Excel opens by double click; `xlsx`: a workbook. */
export type ExportFormat = 'standard' | 'excel' | 'xlsx';

/** Streams the filtered list as a file. Records the export in the audit trail first. Throws forbidden. */
export async function exportClients(
  db: Database,
  actor: Actor,
  filters: ClientFilters,
  format: ExportFormat,
): Promise<Readable> {
  assertMayExport(actor);
  await db.write(actor, (tx) => recordEvent(tx, actor, { action: 'clients_exported' }));
  const request = { query: filters.q?.trim() ?? '', conditions: conditionsOf(actor, filters, 'name') };
  return write(
    readTable(request, (work) => db.readAged(actor, work, { ageSeconds: 10 })),
    format,
  );
}

interface OperatorExport {
  readonly clinicId: string;
  /** Limits the export to one professional's clients. */
  readonly professionalId: string | undefined;
  readonly format: ExportFormat;
  /** The command, for the audit trail. */
  readonly caller: Caller;
}

/** Streams the active clients of a clinic as a file, for the host's operator, who is not a person of the clinic. */
export async function exportClinic(db: Database, scope: OperatorExport): Promise<Readable> {
  const { clinicId, professionalId, format, caller } = scope;
  const who = { clinicId, actorId: null, sessionId: null, caller };
  await db.system((tx) => recordSystemEvent(tx, who, { action: 'clients_exported' }));
  const request = { query: '', conditions: { professionalId, status: 'active', sort: 'name' } } as const;
  const table = readTable(request, (work) =>
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

/** Yields the header, then the clients in batches. */
async function* readTable(
  { query, conditions }: { readonly query: string; readonly conditions: ClientConditions },
  run: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
): AsyncGenerator<readonly (readonly unknown[])[]> {
  yield [[...columns.map(([field]) => field), 'sharedPhone']];
  let after: { key: string; id: string } | undefined;
  for (;;) {
    const rows = await run((tx) => listWholeClients(tx, { query, near: false, conditions, after, limit: rowsPerTrip }));
    yield rows.map((row) => [
      ...columns.map(([, column]) => (column === 'tags' ? writeTags(row.tags) : row[column])),
      row.phone_shared ? 'true' : '',
    ]);
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerTrip) return;
    after = { key: last.full_name, id: last.id };
  }
}
