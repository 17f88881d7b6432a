import { sql } from 'kysely';
import type { z } from 'zod';
import type { Client, clientDataExport } from '../../../shared/contracts/clients.ts';
import { qb } from '../../db/query-builder.ts';
import type { Database } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { HttpProblem } from '../../http/problem.ts';
import { recordEvent } from '../audit/service.ts';
import { assertMayAnonymize, assertMayHandOver } from './policy.ts';
import { presentChange, presentClient } from './presenter.ts';
import { clientExists, findClient, insertVersion, listVersions, lockClient } from './queries.ts';
import { scopeOf } from './service.ts';

/** Years that a record is kept after its last entry (Lei 13.787/2018 art. 6). */
const retentionYears = 20;

/** Everything kept about a client, for the person it is about. Throws not_found, forbidden. */
export async function exportClientData(
  db: Database,
  actor: Actor,
  id: string,
): Promise<z.input<typeof clientDataExport>> {
  assertMayHandOver(actor);
  const owner = scopeOf(actor);
  const [row, versions, clinics] = await db.read(actor, (tx) =>
    Promise.all([
      findClient(tx, id, owner),
      listVersions(tx, id),
      tx.run(qb.selectFrom('clinics').select(['id', 'name'])),
      recordEvent(
        tx,
        actor,
        { action: 'client_data_exported', recordType: 'client', recordId: id },
        clientExists(id, owner),
      ),
    ]),
  );
  const [clinic] = clinics;
  if (row === undefined || clinic === undefined) throw new HttpProblem('not_found');
  return {
    generatedAt: new Date().toISOString(),
    clinic,
    client: presentClient(row, true),
    history: versions.map((version) => presentChange(version, true)),
  };
}

/** Takes out what tells who a client is. Throws not_found, forbidden, retention_period (with `keepUntil`, a plain date). */
export async function anonymizeClient(db: Database, actor: Actor, id: string): Promise<{ body: Client; etag: string }> {
  assertMayAnonymize(actor);
  return db.write(actor, async (tx) => {
    const [row, versions] = await Promise.all([lockClient(tx, id, undefined), listVersions(tx, id)]);
    if (row === undefined) throw new HttpProblem('not_found');
    const keepUntil = new Date(Math.max(row.created_at.getTime(), ...versions.map(({ at }) => at.getTime())));
    keepUntil.setUTCFullYear(keepUntil.getUTCFullYear() + retentionYears);
    if (keepUntil > new Date())
      throw new HttpProblem('retention_period', { extensions: { keepUntil: keepUntil.toISOString().slice(0, 10) } });
    const [, , , changed] = await Promise.all([
      tx.run(sql`select app.anonymize_client(${id})`.compile(qb)),
      insertVersion(tx, { ...actor, clientId: id, version: row.version + 1, action: 'anonymize', changes: [] }),
      recordEvent(tx, actor, { action: 'client_anonymized', recordType: 'client', recordId: id }),
      findClient(tx, id, undefined),
    ]);
    if (changed === undefined) throw new HttpProblem('not_found');
    return { body: presentClient(changed, true), etag: etagOf(changed.version) };
  });
}
