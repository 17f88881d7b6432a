import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Client, ClientChange, clientDataExport } from '../../../shared/contracts/clients.ts';
import { wholeClinic } from '../../../shared/permissions.ts';
import type { Database } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { recordEvent } from '../audit/api.ts';
import { historySeconds, splitPage } from './history.ts';
import { type HistoryPage, insertVersion, listMergedClients, listRecords, listVersions } from './history-queries.ts';
import { assertMayAnonymize, assertMayHandOver, handOverScope, seesClinicalData } from './policy.ts';
import { presentChange, presentClient } from './presenter.ts';
import { anonymizeRecords, clientExists, findClient, findClinic, lockClient } from './queries.ts';
import type { ClientDependencies } from './service.ts';
import type { ClientRecords, CopyName } from '../../feature.ts';

/** Years that a record is kept after its last entry (Lei 13.787/2018 art. 6). */
const retentionYears = 20;

/**
 * Streams everything stored about a client and the records merged into it as JSON, for the person it is about (LGPD art. 18).
 * Records the export in the audit trail. Throws not_found, forbidden.
 */
export async function exportClientData(
  { db, contributions }: ClientDependencies,
  actor: Actor,
  id: string,
): Promise<Readable> {
  assertMayHandOver(actor);
  const scope = handOverScope(actor);
  const [row, clinic] = await db.read(actor, (tx) =>
    Promise.all([
      findClient(tx, id, scope),
      findClinic(tx),
      recordEvent(
        tx,
        actor,
        { action: 'client_data_exported', recordType: 'client', recordId: id },
        clientExists(id, scope),
      ),
    ]),
  );
  if (row === undefined || clinic === undefined) throw notFound();
  return Readable.from(
    writeJson({
      generatedAt: [new Date().toISOString()],
      clinic: [clinic],
      client: [presentClient(row, true)],
      merged: readMerged(db, actor, id),
      history: readHistory(db, actor, id),
      ...readCopies(contributions, (read) => read(db, actor, id)),
    }),
  );
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

type CopyPart = keyof z.input<typeof clientDataExport>;

/** Writes the copy as JSON without holding its lists in memory. An array gives one value, an iterable a list. */
async function* writeJson(parts: Readonly<Record<CopyPart, AsyncIterable<unknown> | readonly unknown[]>>) {
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

/**
 * Removes what identifies the person from the client and all records merged into it. Throws not_found, forbidden, and
 * retention_period with `keepUntil` (`YYYY-MM-DD`).
 */
export async function anonymizeClient(
  { db, contributions }: ClientDependencies,
  actor: Actor,
  id: string,
): Promise<{ body: Client; etag: string }> {
  assertMayAnonymize(actor);
  return db.write(actor, async (tx) => {
    const [row, records] = await Promise.all([lockClient(tx, id, wholeClinic), listRecords(tx, id)]);
    if (row === undefined) throw notFound();
    const ids = records.map((record) => record.id);
    const others = await Promise.all(
      contributions.clientRecords.flatMap(({ findLatestEntry }) => findLatestEntry?.(tx, actor.clinicId, ids) ?? []),
    );
    const entries = [
      ...records.flatMap(({ created_at, changed_at }) => [created_at, changed_at ?? created_at]),
      ...others.filter((at) => at !== null),
    ];
    const keepUntil = new Date(Math.max(...entries.map((at) => at.getTime())));
    keepUntil.setUTCFullYear(keepUntil.getUTCFullYear() + retentionYears);
    if (keepUntil > new Date()) throw conflict('retention_period', { keepUntil: keepUntil.toISOString().slice(0, 10) });
    const anonymized = anonymizeRecords(tx, id);
    const elsewhere = contributions.clientRecords.map(({ anonymize }) => anonymize?.(tx, actor, ids));
    const written = records.flatMap((record) => [
      insertVersion(tx, {
        ...actor,
        clientId: record.id,
        version: record.version + 1,
        action: 'anonymize',
        changes: [],
      }),
      recordEvent(tx, actor, { action: 'client_anonymized', recordType: 'client', recordId: record.id }),
    ]);
    const [changed] = await Promise.all([findClient(tx, id, wholeClinic), anonymized, ...elsewhere, ...written]);
    if (changed === undefined) throw notFound();
    return { body: presentClient(changed, seesClinicalData(actor)), etag: etagOf(changed.version) };
  });
}
