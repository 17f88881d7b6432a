import { v7 as uuidv7 } from 'uuid';
import type { VisitType, VisitTypeInput, VisitTypePatch } from '../../../shared/contracts/agenda/availability.ts';
import { isSameValue } from '../../../shared/same-value.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { describeChanges, recordEvent } from '../audit/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { assertMayManage } from './policy.ts';
import {
  insertVisitTypes,
  listClinicsWithoutVisitTypes,
  listVisitTypeRows,
  lockVisitType,
  selectVisitType,
  updateVisitType,
  type VisitTypeRow,
} from './visit-type-queries.ts';

export interface VisitTypeFacts {
  readonly key: string;
  readonly name: string;
  readonly minutes: number;
  readonly bufferMinutes: number;
  readonly active: boolean;
}

/** What a new clinic starts with. Migration 0021 gave the same to those that there were. */
const standardVisitTypes = [
  { key: 'consulta', name: 'Consulta', minutes: 60, color: 'teal' },
  { key: 'avaliacao', name: 'Avaliação', minutes: 60, color: 'indigo' },
  { key: 'retorno', name: 'Retorno', minutes: 30, color: 'green' },
  { key: 'procedimento', name: 'Procedimento', minutes: 90, color: 'amber' },
  { key: 'outro', name: 'Outro', minutes: 30, color: 'slate' },
] as const;

/** Gives a clinic the kinds of visit that every clinic starts with. */
export const addStandardVisitTypes = (tx: Transaction, clinicId: string): Promise<unknown> =>
  insertVisitTypes(
    tx,
    standardVisitTypes.map((type, index) => ({ ...type, clinic_id: clinicId, position: index + 1 })),
  );

/** Gives clinics from the archive of a release without an agenda what new ones have. */
export async function completeVisitTypes(tx: Transaction): Promise<void> {
  for (const { id } of await listClinicsWithoutVisitTypes(tx)) await addStandardVisitTypes(tx, id);
}

/** A kind of visit by its key, active or not. */
export async function findVisitType(
  tx: Transaction,
  clinicId: string,
  key: string,
): Promise<VisitTypeFacts | undefined> {
  const row = await selectVisitType(tx, clinicId, key);
  if (row === undefined) return undefined;
  const { name, minutes, active } = row;
  return { key, name, minutes, bufferMinutes: row.buffer_minutes, active };
}

/** The most kinds of visit of a clinic. */
const mostVisitTypes = 100;

interface VisitTypeAnswer {
  readonly body: VisitType;
  readonly etag: string;
}

const presentVisitType = ({ buffer_minutes: bufferMinutes, color, ...row }: VisitTypeRow): VisitType => ({
  ...row,
  bufferMinutes,
  color: color as VisitType['color'],
});

const answer = (row: VisitTypeRow): VisitTypeAnswer => ({ body: presentVisitType(row), etag: etagOf(row.version) });

/** The clinic's kinds of visit, those out of use too: the ones it started with first, then by name. */
export async function listVisitTypes(db: Database, actor: Actor): Promise<VisitType[]> {
  return (await db.read(actor, (tx) => listVisitTypeRows(tx, actor.clinicId))).map(presentVisitType);
}

/** Adds a kind of visit. Throws forbidden, duplicate_visit_type, list_full. */
export async function addVisitType(
  db: Database,
  actor: Actor,
  input: VisitTypeInput,
  idempotencyKey: string | undefined,
): Promise<VisitTypeAnswer & { readonly replayed: boolean }> {
  assertMayManage(actor);
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const [claim, rows] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /visit-types', content: [input], recordId: id }),
      listVisitTypeRows(tx, actor.clinicId),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) {
      const known = rows.find((row) => row.id === earlier);
      if (known === undefined) throw notFound();
      return { ...answer(known), replayed: true };
    }
    if (rows.length >= mostVisitTypes) throw conflict('list_full');
    const { bufferMinutes: buffer_minutes, ...values } = input;
    const [[row]] = await Promise.all([
      insertVisitTypes(tx, [{ ...values, id, clinic_id: actor.clinicId, buffer_minutes }]),
      recordEvent(tx, actor, { action: 'visit_type_added', recordType: 'visit_type', recordId: id }),
    ]);
    if (row === undefined) throw conflict('duplicate_visit_type');
    return { ...answer(row), replayed: false };
  });
}

/** What the trail tells of a kind of visit: numbers and codes, not its name. */
const listTracedValues = ({ minutes, bufferMinutes, color, active }: VisitType) => ({
  ...{ minutes, bufferMinutes, color, active },
});

/** Changes a kind of visit; appointments keep their duration. Throws forbidden, not_found, stale. */
export async function changeVisitType(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  patch: VisitTypePatch,
): Promise<VisitTypeAnswer> {
  assertMayManage(actor);
  return db.write(actor, async (tx) => {
    const row = await lockVisitType(tx, actor.clinicId, id);
    if (row === undefined) throw notFound();
    if (!matches(row.version)) throw conflict('stale');
    const before = presentVisitType(row);
    const next = { ...before, ...dropUndefined(patch) };
    if (isSameValue(before, next)) return answer(row);
    const { name, minutes, color, active, bufferMinutes: buffer_minutes } = next;
    const [changed] = await Promise.all([
      updateVisitType(tx, actor.clinicId, id, { name, minutes, color, active, buffer_minutes }),
      recordEvent(tx, actor, {
        ...{ action: 'visit_type_changed', recordType: 'visit_type', recordId: id },
        details: describeChanges(listTracedValues(before), listTracedValues(next)),
      }),
    ]);
    return answer(changed);
  });
}

const dropUndefined = (patch: VisitTypePatch): Partial<VisitType> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
