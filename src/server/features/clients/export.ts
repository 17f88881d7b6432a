import { Readable } from 'node:stream';
import type { ClientFilters } from '../../../shared/contracts/clients.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import type { Actor, Caller } from '../../http/actor.ts';
import { csvLine } from '../../http/csv.ts';
import { recordEvent, recordSystemEvent } from '../audit/service.ts';
import { conditionsOf } from './listing.ts';
import { fieldColumns } from './fields.ts';
import { assertMayExport } from './policy.ts';
import { type ClientConditions, listWholeClients, narrowToClinic } from './queries.ts';

const rowsPerTrip = 500;

const columns = Object.entries(fieldColumns).filter(([field]) => field !== 'professionalId');

/** The filtered list as CSV, read a few hundred rows at a time, the export written down first. */
export async function exportClients(db: Database, actor: Actor, filters: ClientFilters): Promise<Readable> {
  assertMayExport(actor);
  await db.write(actor, (tx) => recordEvent(tx, actor, { action: 'clients_exported' }));
  const request = { query: filters.q?.trim() ?? '', conditions: conditionsOf(actor, filters, 'name') };
  return Readable.from(lines(request, (work) => db.read(actor, work)));
}

interface OperatorExport {
  readonly clinicId: string;
  /** One professional's clients, or everybody's. */
  readonly professionalId: string | undefined;
  /** The command, for the audit trail. */
  readonly caller: Caller;
}

/** Active clients of a clinic in the same form, for the host's operator, who is nobody of the clinic. */
export async function exportClinic(db: Database, scope: OperatorExport): Promise<Readable> {
  const { clinicId, professionalId, caller } = scope;
  const who = { clinicId, actorId: null, sessionId: null, caller };
  await db.system((tx) => recordSystemEvent(tx, who, { action: 'clients_exported' }));
  const request = { query: '', conditions: { professionalId, status: 'active', sort: 'name' } } as const;
  return Readable.from(
    lines(request, (work) =>
      db.system((tx) => {
        void narrowToClinic(tx, clinicId);
        return work(tx);
      }),
    ),
  );
}

async function* lines(
  { query, conditions }: { readonly query: string; readonly conditions: ClientConditions },
  run: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
): AsyncGenerator<string> {
  yield csvLine(columns.map(([field]) => field));
  let after: { key: string; id: string } | undefined;
  for (;;) {
    const rows = await run((tx) => listWholeClients(tx, { query, near: false, conditions, after, limit: rowsPerTrip }));
    for (const row of rows)
      yield csvLine(columns.map(([, column]) => (column === 'tags' ? row.tags.join('|') : row[column])));
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerTrip) return;
    after = { key: last.full_name, id: last.id };
  }
}
