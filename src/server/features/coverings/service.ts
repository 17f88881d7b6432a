import { v7 as uuidv7 } from 'uuid';
import { type Covering, type CoveringInput, mostCoveringDays } from '../../../shared/contracts/coverings.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { describeChanges, recordEvent } from '../audit/api.ts';
import { readingScope } from '../clients/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { isActiveProfessional } from '../professionals/api.ts';
import { assertMayCover, assertMayEnd, coveringScope } from './policy.ts';
import { presentCovering } from './presenter.ts';
import {
  countClientsOf,
  endCovering,
  findCovering,
  insertCovering,
  listCoverings,
  lockPair,
  readSpan,
} from './queries.ts';

/** The most coverings that one person has before them: each is looked up at every request of theirs. */
const mostOfPerson = 20;

/** Who covers whom, the latest first. */
export const listAllCoverings = async (db: Database, actor: Actor): Promise<Covering[]> =>
  (await db.read(actor, (tx) => listCoverings(tx, coveringScope(actor), readingScope(actor)))).map(presentCovering);

async function getCovering(tx: Transaction, actor: Actor, id: string): Promise<Covering> {
  const row = await findCovering(tx, id, coveringScope(actor), readingScope(actor));
  if (row === undefined) throw notFound();
  return presentCovering(row);
}

/** Throws invalid_request for a span that ends before it starts, is over, or is too long. */
async function chooseSpan(tx: Transaction, clinicId: string, { from, to }: Pick<CoveringInput, 'from' | 'to'>) {
  const span = await readSpan(tx, clinicId, { from, to, days: mostCoveringDays });
  if (span.until_at <= span.from_at) throw invalidField('to', 'ends_before_start');
  if (span.is_over) throw invalidField('to', 'already_over');
  if (span.is_too_long) throw invalidField('to', 'covering_too_long');
  return { from: span.from_at, to: span.until_at };
}

/**
 * Lends a professional's clients to a colleague. Throws invalid_request, forbidden, list_full, idempotency_key_reused. Clients that
 * aren't the absent professional's are refused like ones that do not exist.
 */
export async function createCovering(
  db: Database,
  actor: Actor,
  input: CoveringInput,
  idempotencyKey: string | undefined,
): Promise<{ readonly body: Covering; readonly replayed: boolean }> {
  assertMayCover(actor, input.absentId);
  if (input.absentId === input.coveringId) throw invalidField('coveringId', 'invalid_value');
  const id = uuidv7();
  const clientIds = input.clientIds && [...new Set(input.clientIds)];
  return db.write(actor, async (tx) => {
    const [claim, before, isTreating, isActive, span, owned] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /coverings', content: [input], recordId: id }),
      lockPair(tx, input),
      isActiveProfessional(tx, input.absentId),
      isActiveProfessional(tx, input.coveringId),
      chooseSpan(tx, actor.clinicId, input),
      clientIds === undefined ? 0 : countClientsOf(tx, input.absentId, clientIds),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) return { body: await getCovering(tx, actor, earlier), replayed: true };
    if (!isTreating) throw invalidField('absentId', 'professional_not_found');
    if (!isActive) throw invalidField('coveringId', 'professional_not_found');
    if (owned !== (clientIds?.length ?? 0)) throw invalidField('clientIds', 'invalid_value');
    if (before >= mostOfPerson) throw conflict('list_full');
    const { clinicId, professionalId: by } = actor;
    await insertCovering(tx, { ...input, ...span, id, clinicId, clientIds, by });
    const [body] = await Promise.all([
      getCovering(tx, actor, id),
      recordEvent(tx, actor, {
        ...{ action: 'covering_created', recordType: 'covering', recordId: id },
        details: describeChanges(
          {},
          {
            ...{ absentId: input.absentId, coveringId: input.coveringId, clients: clientIds?.length ?? 'all' },
            ...{ from: span.from.toISOString(), to: span.to.toISOString() },
          },
        ),
      }),
    ]);
    return { body, replayed: false };
  });
}

/** Ends a covering now. Ending one that is over is no error. Throws not_found, forbidden. */
export async function removeCovering(db: Database, actor: Actor, id: string): Promise<void> {
  await db.write(actor, async (tx) => {
    const covering = await getCovering(tx, actor, id);
    assertMayEnd(actor, { absentId: covering.absent.id, coveringId: covering.covering.id });
    if (!(await endCovering(tx, id, actor.professionalId))) return;
    await recordEvent(tx, actor, {
      ...{ action: 'covering_ended', recordType: 'covering', recordId: id },
      details: describeChanges({ to: covering.to }, { to: new Date().toISOString() }),
    });
  });
}
