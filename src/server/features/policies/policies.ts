import { v7 as uuidv7 } from 'uuid';
import type { Policy, PolicyInput } from '../../../shared/contracts/policies.ts';
import { may } from '../../../shared/permissions.ts';
import type { Database } from '../../db/transaction.ts';
import { conflict, forbidden, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { insertPolicy, listPolicyRows, lockSettings, type PolicyRow } from './queries.ts';

/** The most versions of a clinic: the list is sent whole. */
const mostVersions = 100;

const presentPolicy = (row: PolicyRow): Policy => ({
  id: row.id,
  kind: row.kind,
  version: row.version,
  body: row.body,
  publishedAt: row.published_at.toISOString(),
  isLatest: row.is_latest,
});

/** All versions, the newest first. Throws forbidden. */
export async function listPolicies(db: Database, actor: Actor): Promise<Policy[]> {
  if (!may(actor.role, 'clinic.manage')) throw forbidden();
  return (await db.read(actor, listPolicyRows)).map(presentPolicy);
}

/** Publishes the next version of a notice or of terms. Throws forbidden, list_full, idempotency_key_reused. */
export async function publishPolicy(
  db: Database,
  actor: Actor,
  { kind, body }: PolicyInput,
  idempotencyKey: string | undefined,
): Promise<{ readonly body: Policy; readonly replayed: boolean }> {
  if (!may(actor.role, 'clinic.manage')) throw forbidden();
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const [claim, , known] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /policies', content: [kind, body], recordId: id }),
      lockSettings(tx, actor.clinicId),
      listPolicyRows(tx),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier === undefined) {
      if (known.length >= mostVersions) throw conflict('list_full');
      const version = Math.max(0, ...known.filter((row) => row.kind === kind).map((row) => row.version)) + 1;
      await Promise.all([
        insertPolicy(tx, { id, clinic_id: actor.clinicId, kind, version, body, published_by: actor.professionalId }),
        recordEvent(tx, actor, { action: 'policy_published', recordType: 'policy', recordId: id }),
      ]);
    }
    const row = (await listPolicyRows(tx)).find((each) => each.id === (earlier ?? id));
    if (row === undefined) throw notFound();
    return { body: presentPolicy(row), replayed: earlier !== undefined };
  });
}
