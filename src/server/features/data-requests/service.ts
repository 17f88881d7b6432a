import { v7 as uuidv7 } from 'uuid';
import type {
  DataRequest,
  DataRequestInput,
  DataRequestPatch,
  DataRequestQuery,
} from '../../../shared/contracts/data-requests.ts';
import { may, wholeClinic } from '../../../shared/permissions.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { makePage, type Page, requireCursor } from '../../http/cursor.ts';
import { etagOf } from '../../http/etag.ts';
import { type AuditAction, recordEvent } from '../audit/api.ts';
import { holdClient, isAnonymous } from '../clients/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { presentRequest } from './presenter.ts';
import {
  countRequests,
  findRequest,
  insertRequest,
  isRequestOf,
  listProof,
  listProofOfPage,
  listRequests,
  lockRequest,
  type RequestRow,
  updateRequest,
} from './queries.ts';

interface RequestAnswer {
  readonly body: DataRequest;
  readonly etag: string;
}

function assertMayManage(actor: Actor): void {
  if (!may(actor.role, 'data-requests.manage')) throw forbidden();
}

async function readAnswer(tx: Transaction, id: string): Promise<RequestAnswer> {
  const [row, proof] = await Promise.all([findRequest(tx, id), listProof(tx, id)]);
  if (row === undefined) throw notFound();
  return { body: presentRequest(row, proof), etag: etagOf(row.version) };
}

const record = (tx: Transaction, actor: Actor, action: AuditAction, recordId: string): Promise<unknown> =>
  recordEvent(tx, actor, { action, recordType: 'data_request', recordId });

/** A page of the clinic's requests. Throws forbidden, invalid_request. */
export async function listDataRequests(
  db: Database,
  actor: Actor,
  { limit, cursor: text, ...filters }: DataRequestQuery,
): Promise<Page<DataRequest>> {
  assertMayManage(actor);
  const list = ['data-requests', filters];
  const cursor = requireCursor(list, text, /^\d{1,17}$/);
  const page = { ...filters, after: cursor, limit: limit + 1 };
  const [rows, proof, count] = await db.read(actor, (tx) =>
    Promise.all([
      listRequests(tx, page),
      listProofOfPage(tx, page),
      cursor === undefined ? countRequests(tx, filters) : 0,
    ]),
  );
  const read = { cursor, rows, limit, counted: { value: count, relation: 'eq' } as const };
  return makePage(
    list,
    read,
    (row: RequestRow) => row.due_micros,
    (row) => presentRequest(row, proof),
  );
}

/** One request. Throws forbidden, not_found. */
export async function getDataRequest(db: Database, actor: Actor, id: string): Promise<RequestAnswer> {
  assertMayManage(actor);
  return db.read(actor, (tx) => readAnswer(tx, id));
}

/** Notes a request. Throws forbidden, not_found, client_archived, already_anonymized, idempotency_key_reused. */
export async function addDataRequest(
  db: Database,
  actor: Actor,
  input: DataRequestInput,
  idempotencyKey: string | undefined,
): Promise<RequestAnswer & { readonly replayed: boolean }> {
  assertMayManage(actor);
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const [claim, client] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /data-requests', content: [input], recordId: id }),
      holdClient(tx, actor.clinicId, input.clientId, wholeClinic),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) return { ...(await readAnswer(tx, earlier)), replayed: true };
    if (client === undefined) throw notFound();
    // Whoever left may ask as well. A merged record is the other one's.
    if (client.archived_at !== null && client.merged_into !== null)
      throw conflict('client_archived', { clientId: client.id });
    if (client.archived_at !== null && (await isAnonymous(tx, actor.clinicId, client.id)))
      throw conflict('already_anonymized');
    await Promise.all([
      insertRequest(tx, {
        id,
        clinicId: actor.clinicId,
        createdBy: actor.professionalId,
        ...{ clientId: input.clientId, kind: input.kind, identifiedBy: input.identifiedBy, dueAt: input.dueAt },
      }),
      record(tx, actor, 'data_request_received', id),
    ]);
    return { ...(await readAnswer(tx, id)), replayed: false };
  });
}

/** Answers or corrects a request. Throws forbidden, not_found, stale, invalid_request. */
export async function changeDataRequest(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  patch: DataRequestPatch,
): Promise<RequestAnswer> {
  assertMayManage(actor);
  return db.write(actor, async (tx) => {
    const before = await lockRequest(tx, id);
    if (before === undefined) throw notFound();
    if (!matches(before.version)) throw conflict('stale');
    if (Object.keys(patch).length === 0) return readAnswer(tx, id);
    const { answeredAt } = patch;
    // A minute, because clocks differ.
    if (answeredAt != null && Date.parse(answeredAt) > Date.now() + 60_000)
      throw invalidField('answeredAt', 'invalid_value');
    const isAnswer = answeredAt != null && before.answered_at === null;
    await Promise.all([
      updateRequest(tx, id, {
        ...(patch.kind !== undefined && { kind: patch.kind }),
        ...(patch.identifiedBy !== undefined && { identified_by: patch.identifiedBy }),
        ...(patch.dueAt !== undefined && { due_at: patch.dueAt }),
        ...(patch.answer !== undefined && { answer: patch.answer }),
        ...(answeredAt !== undefined && {
          answered_at: answeredAt,
          answered_by: answeredAt === null ? null : actor.professionalId,
        }),
      }),
      record(tx, actor, isAnswer ? 'data_request_answered' : 'data_request_changed', id),
    ]);
    return readAnswer(tx, id);
  });
}

/** Throws invalid_request unless the request is about this client. */
export async function assertRequestOf(tx: Transaction, id: string | undefined, clientId: string): Promise<void> {
  if (id !== undefined && !(await isRequestOf(tx, id, clientId))) throw invalidField('dataRequestId', 'invalid_value');
}
