import type { z } from 'zod';
import type { Client, clientDataExport } from '../../../shared/contracts/clients.ts';
import type { Database } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { HttpProblem } from '../../http/problem.ts';
import { recordEvent } from '../audit/service.ts';
import { assertMayAnonymize, assertMayHandOver } from './policy.ts';
import { historyOf } from './history.ts';
import { insertVersion, listMergedClients, listMergedVersions, listMergesOf, listVersions } from './history-queries.ts';
import { presentClient } from './presenter.ts';
import { anonymizeRecords, clientExists, findClient, findClinic, lockClient } from './queries.ts';
import { scopeOf } from './service.ts';

/** Years that a record is kept after its last entry (Lei 13.787/2018 art. 6). */
const retentionYears = 20;

/** Everything kept about a client, the records merged into it included, for the person it is about. Throws not_found, forbidden. */
export async function exportClientData(
  db: Database,
  actor: Actor,
  id: string,
): Promise<z.input<typeof clientDataExport>> {
  assertMayHandOver(actor);
  const owner = scopeOf(actor);
  const [row, own, records, merged, merges, clinic] = await db.read(actor, (tx) =>
    Promise.all([
      findClient(tx, id, owner),
      listVersions(tx, id),
      listMergedClients(tx, id),
      listMergedVersions(tx, id),
      listMergesOf(tx, id),
      findClinic(tx),
      recordEvent(
        tx,
        actor,
        { action: 'client_data_exported', recordType: 'client', recordId: id },
        clientExists(id, owner),
      ),
    ]),
  );
  if (row === undefined || clinic === undefined) throw new HttpProblem('not_found');
  return {
    generatedAt: new Date().toISOString(),
    clinic,
    client: presentClient(row, true),
    merged: records.map((record) => presentClient(record, true)),
    history: historyOf({ own, merged, merges }, true),
  };
}

/** Takes out what tells who a client is, of every record of the person. Throws not_found, forbidden, retention_period (with `keepUntil`, a plain date). */
export async function anonymizeClient(db: Database, actor: Actor, id: string): Promise<{ body: Client; etag: string }> {
  assertMayAnonymize(actor);
  return db.write(actor, async (tx) => {
    const [row, own, records, merged] = await Promise.all([
      lockClient(tx, id, undefined),
      listVersions(tx, id),
      listMergedClients(tx, id),
      listMergedVersions(tx, id),
    ]);
    if (row === undefined) throw new HttpProblem('not_found');
    const entries = [
      ...[row, ...records].map(({ created_at }) => created_at),
      ...[...own, ...merged].map(({ at }) => at),
    ];
    const keepUntil = new Date(Math.max(...entries.map((at) => at.getTime())));
    keepUntil.setUTCFullYear(keepUntil.getUTCFullYear() + retentionYears);
    if (keepUntil > new Date())
      throw new HttpProblem('retention_period', { extensions: { keepUntil: keepUntil.toISOString().slice(0, 10) } });
    const anonymized = anonymizeRecords(tx, id);
    const written = [row, ...records].flatMap((record) => [
      insertVersion(tx, {
        ...actor,
        clientId: record.id,
        version: record.version + 1,
        action: 'anonymize',
        changes: [],
      }),
      recordEvent(tx, actor, { action: 'client_anonymized', recordType: 'client', recordId: record.id }),
    ]);
    const [changed] = await Promise.all([findClient(tx, id, undefined), anonymized, ...written]);
    if (changed === undefined) throw new HttpProblem('not_found');
    return { body: presentClient(changed, true), etag: etagOf(changed.version) };
  });
}
