import { Readable } from 'node:stream';
import type { Client, ClientChange } from '../../../shared/contracts/clients.ts';
import type { Scope } from '../../../shared/permissions.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { historySeconds, splitPage } from './history.ts';
import { type HistoryPage, listMergedClients, listVersions } from './history-queries.ts';
import { assertMayHandOver, handOverScope } from './policy.ts';
import { presentChange, presentClient } from './presenter.ts';
import { clientExists, findClient, findClinic } from './queries.ts';
import { findResponsible } from './responsible-queries.ts';
import type { ClientDependencies } from './service.ts';
import type { ClientRecords, CopyName, CopyPart } from '../../feature.ts';

/** What a person's copy consists of, by its names there: one value in an array, or a list that is read when it is iterated. */
export type DataParts = Readonly<Record<CopyPart, AsyncIterable<unknown> | readonly unknown[]>>;

/**
 * Streams everything stored about a client and the records merged into it as JSON, for the person it is about (LGPD art. 18).
 * Records the export in the audit trail. Throws not_found, forbidden.
 */
export async function exportClientData(deps: ClientDependencies, actor: Actor, id: string): Promise<Readable> {
  const open = await openClientData(deps, actor, id, (tx, scope) =>
    recordEvent(
      tx,
      actor,
      { action: 'client_data_exported', recordType: 'client', recordId: id },
      clientExists(id, scope),
    ),
  );
  return Readable.from(writeDataJson(open()));
}

/**
 * Finds a client whose data the person may hand over. `beside` runs in the same transaction. Throws not_found, forbidden.
 * @returns a function that begins to read everything stored about the client
 */
export async function openClientData(
  { db, contributions }: ClientDependencies,
  actor: Actor,
  id: string,
  beside: (tx: Transaction, scope: Scope) => Promise<unknown> = () => Promise.resolve(),
): Promise<() => DataParts> {
  assertMayHandOver(actor);
  const scope = handOverScope(actor);
  const [row, clinic, professional] = await db.read(actor, (tx) =>
    Promise.all([findClient(tx, id, scope), findClinic(tx), findResponsible(tx, id), beside(tx, scope)]),
  );
  if (row === undefined || clinic === undefined || professional === undefined) throw notFound();
  return () => ({
    generatedAt: [new Date().toISOString()],
    clinic: [clinic],
    professional: [professional],
    client: [presentClient(row, true)],
    merged: readMerged(db, actor, id),
    history: readHistory(db, actor, id),
    ...readCopies(contributions, (read) => read(db, actor, id)),
  });
}

type ReadCopy = NonNullable<NonNullable<ClientRecords['copies']>[CopyName]>;

/** The lists of what other features keep about the client. */
function readCopies(
  { clientRecords }: ClientDependencies['contributions'],
  open: (read: ReadCopy) => AsyncIterable<unknown>,
): Record<Exclude<CopyName, 'merged' | 'history'>, AsyncIterable<unknown>> {
  const lists = clientRecords.flatMap(({ copies = {} }) => Object.entries(copies));
  return Object.fromEntries(lists.map(([name, read]) => [name, open(read)])) as ReturnType<typeof readCopies>;
}

/** Writes the copy as JSON without holding its lists in memory. An array gives one value, an iterable a list. */
export async function* writeDataJson(parts: DataParts): AsyncGenerator<string> {
  let before = '{';
  for (const [name, items] of Object.entries(parts)) {
    const isList = !Array.isArray(items);
    yield `${before}${JSON.stringify(name)}:${isList ? '[' : ''}`;
    let separator = '';
    for await (const item of items) {
      yield separator + JSON.stringify(item);
      separator = ',';
    }
    before = isList ? '],' : ',';
  }
  yield ']}';
}

const recordsPerTrip = 20;

async function* readMerged(db: Database, actor: Actor, id: string): AsyncGenerator<Client> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await db.read(actor, (tx) => listMergedClients(tx, id, after, recordsPerTrip));
    for (const row of rows) yield presentClient(row, true);
    const last = rows.at(-1);
    if (last === undefined || rows.length < recordsPerTrip) return;
    after = last.id;
  }
}

async function* readHistory(db: Database, actor: Actor, id: string): AsyncGenerator<ClientChange> {
  for (let after: HistoryPage['after']; ;) {
    const rows = await db.read(actor, (tx) => listVersions(tx, id, { after, limit: 200 }), historySeconds);
    const { shown, next } = splitPage(rows);
    for (const row of shown) yield presentChange(row, true);
    if (next === null) return;
    after = { clientId: next.client_id, version: next.version };
  }
}
