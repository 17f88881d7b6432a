import { v7 as uuidv7 } from 'uuid';
import type { Anonymization, AnonymizeInput, Remainder } from '../../../shared/contracts/anonymizing.ts';
import type { Client } from '../../../shared/contracts/clients.ts';
import { may } from '../../../shared/permissions.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, DomainError, forbidden, notFound } from '../../domain-error.ts';
import type { Contributions } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { recordEvent, recordEvents } from '../audit/api.ts';
import { anonymizePerson, isAnonymous, lockPerson, type PersonRecords, readPerson } from '../clients/api.ts';
import { findClinicSettings } from '../clinics/api.ts';
import { assertRequestOf } from '../data-requests/api.ts';
import { laws } from './laws.ts';
import type { Ledger } from './ledger.ts';
import {
  type AskedRow,
  beginTrial,
  countOtherAdministrators,
  findAsked,
  insertAsked,
  noteDone,
  takeBackTrial,
  withdrawAsked,
} from './queries.ts';
import { compareSnapshots, type Subject, takeSnapshot } from './report.ts';
import { findRefusal, lastDay, readClocks } from './retention.ts';

export interface AnonymizingDependencies {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly contributions: Pick<Contributions, 'clientRecords' | 'clientTables'>;
}

interface AnonymizeAnswer {
  readonly body: Client & { readonly anonymization: Anonymization };
  readonly etag: string;
}

function assertMayAnonymize(actor: Actor): void {
  if (!may(actor.role, 'clients.anonymize')) throw forbidden();
}

/**
 * Makes a client anonymous, with all records merged into them; with `dryRun` tells what that would do. Where the clinic has a second
 * administrator, one asks and another one does it by asking for the same. Throws forbidden, not_found, invalid_request,
 * already_anonymized, kept_for_good, retention_period, client_has_appointments.
 */
export async function anonymizeClient(
  deps: AnonymizingDependencies,
  actor: Actor,
  id: string,
  { dryRun = false, dataRequestId }: AnonymizeInput,
): Promise<AnonymizeAnswer> {
  assertMayAnonymize(actor);
  const { answer, done } = await deps.db.write(actor, async (tx) => {
    const person = await lockPerson(tx, id);
    if (person === undefined) throw notFound();
    const subject = { clinicId: actor.clinicId, clientIds: person.records.map((record) => record.id) };
    const [isDone, asked, others] = await Promise.all([
      isAnonymous(tx, actor.clinicId, id),
      findAsked(tx, actor.clinicId, id),
      countOtherAdministrators(tx, actor),
    ]);
    if (isDone) throw conflict('already_anonymized');
    await assertRequestOf(tx, dataRequestId, id);
    const verdict = await judge(tx, deps, subject);
    if (!dryRun && verdict.refusal !== undefined) throw verdict.refusal;
    const needsApproval = others > 0;
    const isApproved = !needsApproval || (asked !== undefined && asked.asked_by !== actor.professionalId);
    const facts = { verdict, needsApproval, asked };
    if (dryRun || !isApproved) {
      const current = dryRun ? asked : (asked ?? (await ask(tx, actor, id, dataRequestId)));
      if (!dryRun && asked === undefined)
        await recordEvent(tx, actor, { action: 'client_anonymization_asked', recordType: 'client', recordId: id });
      const effect = await tryOut(tx, deps, actor, { id, person, subject });
      const state = dryRun ? 'preview' : 'asked';
      return { done: [], answer: await answerWith(tx, id, describe(state, { ...facts, asked: current }, effect)) };
    }
    const effect = await perform(tx, deps, actor, { id, person, subject });
    const row = asked ?? (await ask(tx, actor, id, dataRequestId));
    const described = describe('done', { ...facts, asked: row }, effect);
    await Promise.all([
      noteDone(tx, actor.clinicId, {
        ...{ id: row.id, clientIds: subject.clientIds, doneBy: actor.professionalId, report: described },
      }),
      recordEvents(
        tx,
        actor,
        subject.clientIds.map((recordId) => ({ action: 'client_anonymized', recordType: 'client', recordId })),
      ),
    ]);
    return { done: subject.clientIds, answer: await answerWith(tx, id, described) };
  });
  await deps.ledger.add(done.map((clientId) => ({ clinicId: actor.clinicId, clientId, by: actor.professionalId })));
  return answer;
}

/** Takes back what was asked for. Throws forbidden, not_found. */
export async function withdrawAnonymization({ db }: AnonymizingDependencies, actor: Actor, id: string): Promise<void> {
  assertMayAnonymize(actor);
  await db.write(actor, async (tx) => {
    if (!(await withdrawAsked(tx, actor.clinicId, id))) throw notFound();
    await recordEvent(tx, actor, { action: 'client_anonymization_withdrawn', recordType: 'client', recordId: id });
  });
}

async function ask(
  tx: Transaction,
  actor: Actor,
  clientId: string,
  dataRequestId: string | undefined,
): Promise<AskedRow> {
  const id = uuidv7();
  // One that is too old, or whose author has left, counts no more.
  await withdrawAsked(tx, actor.clinicId, clientId);
  await insertAsked(tx, {
    ...{ id, clinicId: actor.clinicId, clientId, askedBy: actor.professionalId, dataRequestId: dataRequestId ?? null },
  });
  const asked = await findAsked(tx, actor.clinicId, clientId);
  if (asked === undefined) throw new Error('what was asked for is not there');
  return asked;
}

type Verdict = Awaited<ReturnType<typeof judge>>;

/** Whether it may be done: what the clocks say, and whether the client is still expected. */
async function judge(tx: Transaction, { contributions }: AnonymizingDependencies, subject: Subject) {
  const settings = await findClinicSettings(tx, subject.clinicId);
  const clocks = await readClocks(tx, contributions, subject, settings);
  return { clocks, refusal: findRefusal(clocks) ?? (await findObstacle(tx, contributions, subject)) };
}

/** What also keeps a client from being archived, such as coming appointments. */
async function findObstacle(
  tx: Transaction,
  { clientRecords }: Pick<Contributions, 'clientRecords'>,
  { clinicId, clientIds }: Subject,
): Promise<DomainError | undefined> {
  try {
    for (const { beforeArchiving } of clientRecords)
      for (const clientId of clientIds) await beforeArchiving?.(tx, clinicId, clientId);
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

interface Case {
  readonly id: string;
  readonly person: PersonRecords;
  readonly subject: Subject;
}

type Effect = Pick<Anonymization, 'goes' | 'stays'>;

/** Does it, looks, and takes it back: a preview that cannot differ from the act. */
async function tryOut(tx: Transaction, deps: AnonymizingDependencies, actor: Actor, subject: Case): Promise<Effect> {
  await beginTrial(tx);
  const effect = await perform(tx, deps, actor, subject);
  await takeBackTrial(tx);
  return effect;
}

async function perform(
  tx: Transaction,
  { contributions }: AnonymizingDependencies,
  actor: Actor,
  { id, person, subject }: Case,
): Promise<Effect> {
  const { clientRecords, clientTables } = contributions;
  const { clinicId, clientIds } = subject;
  const before = await takeSnapshot(tx, contributions, subject);
  await Promise.all(clientRecords.flatMap(({ anonymize }) => anonymize?.(tx, { clinicId }, clientIds) ?? []));
  await anonymizePerson(tx, id, person, actor);
  const after = await takeSnapshot(tx, contributions, subject);
  const remains = await Promise.all(
    clientRecords.flatMap(({ remains: list }) => list?.(tx, clinicId, clientIds) ?? []),
  );
  const { goes, stays } = compareSnapshots(before, after, clientTables);
  return { goes, stays: [...stays, ...remains.flat(), ...elsewhere] };
}

/** What is kept outside of the tables of clients. */
const elsewhere: readonly Remainder[] = [
  { what: 'audit_events', rows: 0, law: laws.duty, until: null },
  { what: 'backups', rows: 0, law: laws.duty, until: null },
];

interface Facts {
  readonly verdict: Verdict;
  readonly needsApproval: boolean;
  readonly asked: AskedRow | undefined;
}

const describe = (
  state: Anonymization['state'],
  { verdict: { clocks, refusal }, needsApproval, asked }: Facts,
  effect: Effect,
): Anonymization => ({
  state,
  allowed: refusal === undefined,
  keepUntil: lastDay(clocks),
  needsApproval,
  askedBy: asked === undefined ? null : { id: asked.asked_by, name: asked.name },
  askedAt: asked?.asked_at.toISOString() ?? null,
  retention: clocks,
  ...effect,
});

async function answerWith(tx: Transaction, id: string, anonymization: Anonymization): Promise<AnonymizeAnswer> {
  const found = await readPerson(tx, id);
  if (found === undefined) throw notFound();
  return { body: { ...found.client, anonymization }, etag: etagOf(found.version) };
}
