import { Readable } from 'node:stream';
import { definitionOf, fieldColumns, fieldNames } from '../../../shared/client-fields.ts';
import type { ClientFilters } from '../../../shared/contracts/clients.ts';
import { writeTags } from '../../../shared/tag-separators.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import type { Actor, Caller } from '../../http/actor.ts';
import { csvLine } from '../../http/csv.ts';
import { writeWorkbook } from '../../http/workbook.ts';
import { recordEvent, recordSystemEvent } from '../audit/api.ts';
import { conditionsOf } from './listing.ts';
import { type ClientConditions, listWholeClients, narrowToClinic } from './list-queries.ts';
import { assertMayExport } from './policy.ts';

/** In memory at once: 200 of the longest records are some 30 MB. */
const rowsPerTrip = 200;

/** The columns of the file by their headers; tags are written in one cell. */
const columns = fieldNames
  .filter((field) => definitionOf(field).exported !== false)
  .map((field) => [field, fieldColumns[field]] as const);

/** `standard`: RFC 4180; `excel`: as a Brazilian Excel opens it by a double click; `xlsx`: a workbook. */
export type ExportFormat = 'standard' | 'excel' | 'xlsx';

/** The filtered list as a file, read a few hundred rows at a time, the export written down first. */
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
    readTable(request, (work) => db.read(actor, work)),
    format,
  );
}

interface OperatorExport {
  readonly clinicId: string;
  /** One professional's clients, or everybody's. */
  readonly professionalId: string | undefined;
  readonly format: ExportFormat;
  /** The command, for the audit trail. */
  readonly caller: Caller;
}

/** Active clients of a clinic in the same form, for the host's operator, who is nobody of the clinic. */
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
  format === 'xlsx' ? writeWorkbook(table) : Readable.from(csvOf(table, format === 'excel'));

async function* csvOf(table: AsyncIterable<readonly (readonly unknown[])[]>, excel: boolean): AsyncGenerator<string> {
  if (excel) yield '\ufeff';
  for await (const rows of table) yield rows.map((cells) => csvLine(cells, excel ? ';' : ',')).join('');
}

/** The header and the clients, in batches. */
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
