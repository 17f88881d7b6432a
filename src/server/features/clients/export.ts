import { Readable } from 'node:stream';
import type { ClientFilters } from '../../../shared/contracts/clients.ts';
import type { Database } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/service.ts';
import { conditionsOf } from './listing.ts';
import { fieldColumns } from './fields.ts';
import { assertMayExport } from './policy.ts';
import { type ClientConditions, listWholeClients } from './queries.ts';

const rowsPerTrip = 500;

const columns = Object.entries(fieldColumns).filter(([field]) => field !== 'professionalId');

/** A cell that no spreadsheet will run (OWASP, CSV injection) and any CSV reader gives back (RFC 4180). */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvLine = (cells: readonly unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** The filtered list as CSV, read a few hundred rows at a time, the export written down first. */
export async function exportClients(db: Database, actor: Actor, filters: ClientFilters): Promise<Readable> {
  assertMayExport(actor);
  await db.write(actor, (tx) => recordEvent(tx, actor, { action: 'clients_exported' }));
  return Readable.from(lines(db, actor, filters.q?.trim() ?? '', conditionsOf(actor, filters, 'name')));
}

async function* lines(db: Database, actor: Actor, query: string, conditions: ClientConditions): AsyncGenerator<string> {
  yield csvLine(columns.map(([field]) => field));
  let after: { key: string; id: string } | undefined;
  for (;;) {
    const rows = await db.read(actor, (tx) =>
      listWholeClients(tx, { query, near: false, conditions, after, limit: rowsPerTrip }),
    );
    for (const row of rows)
      yield csvLine(columns.map(([, column]) => (column === 'tags' ? row.tags.join('|') : row[column])));
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerTrip) return;
    after = { key: last.full_name, id: last.id };
  }
}
