import { v7 as uuidv7 } from 'uuid';
import type {
  Incident,
  IncidentInput,
  IncidentPatch,
  IncidentReport,
  IncidentSummary,
} from '../../../shared/contracts/incidents.ts';
import { may } from '../../../shared/permissions.ts';
import { toLocalDate } from '../../../shared/zoned-time.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { conflict, forbidden, invalidField, notFound } from '../../domain-error.ts';
import type { Contributions } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { makePage, type Page, requireCursor } from '../../http/cursor.ts';
import { etagOf } from '../../http/etag.ts';
import { describeChanges, recordEvent } from '../audit/api.ts';
import { findClinicSettings } from '../clinics/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { isSmallAgent } from '../policies/api.ts';
import { describeDeadlines } from './deadlines.ts';
import { findExposure } from './exposure.ts';
import {
  countIncidents,
  findIncident,
  findSubject,
  type IncidentRow,
  insertIncident,
  listIncidentRows,
  lockIncident,
  updateIncident,
} from './queries.ts';

export interface IncidentDependencies {
  readonly db: Database;
  readonly contributions: Pick<Contributions, 'exposed' | 'ofClients'>;
}

interface IncidentAnswer {
  readonly body: Incident;
  readonly etag: string;
}

/** What of the clinic deadlines and days depend on. */
interface Rules {
  readonly timeZone: string;
  readonly isSmallAgent: boolean;
}

async function readRules(tx: Transaction, actor: Actor): Promise<Rules> {
  const [{ timeZone }, small] = await Promise.all([findClinicSettings(tx, actor.clinicId), isSmallAgent(tx)]);
  return { timeZone, isSmallAgent: small };
}

function assertMayManage({ role }: Actor): void {
  if (!may(role, 'incidents.manage')) throw forbidden();
}

const presentSummary = (row: IncidentRow, { timeZone, isSmallAgent: small }: Rules): IncidentSummary => ({
  id: row.id,
  accountId: row.account_id,
  deviceId: row.session_id,
  address: row.address_text,
  from: row.window_from.toISOString(),
  to: row.window_to.toISOString(),
  description: row.description,
  knownOn: row.known_day,
  authorityToldOn: row.authority_told_day,
  clientsToldOn: row.clients_told_day,
  createdAt: row.created_at.toISOString(),
  deadlines: describeDeadlines({
    knownOn: row.known_day,
    authorityToldOn: row.authority_told_day,
    registeredOn: toLocalDate(row.created_at, timeZone),
    isSmallAgent: small,
  }),
});

/** A page of incidents, the newest first. Throws forbidden, invalid_request. */
export async function listIncidents(
  { db }: IncidentDependencies,
  actor: Actor,
  { limit, cursor: text }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<IncidentSummary>> {
  assertMayManage(actor);
  const list = ['incidents'];
  const cursor = requireCursor(list, text, /^$/);
  const [rows, count, rules] = await db.read(actor, (tx) =>
    Promise.all([
      listIncidentRows(tx, cursor?.id, limit + 1),
      cursor === undefined ? countIncidents(tx) : 0,
      readRules(tx, actor),
    ]),
  );
  const counted = { value: count, relation: 'eq' } as const;
  return makePage(
    list,
    { cursor, rows, limit, counted },
    () => '',
    (row) => presentSummary(row, rules),
  );
}

/** An incident with what the trail says about it now. */
async function present(
  tx: Transaction,
  actor: Actor,
  row: IncidentRow,
  contributions: IncidentDependencies['contributions'],
): Promise<IncidentAnswer> {
  const suspect = {
    ...{ accountId: row.account_id, deviceId: row.session_id, address: row.address_text },
    ...{ from: row.window_from, to: row.window_to },
  };
  const [exposure, rules] = await Promise.all([findExposure(tx, suspect, contributions), readRules(tx, actor)]);
  const body = { ...presentSummary(row, rules), report: row.report as IncidentReport, ...exposure };
  return { body, etag: etagOf(row.version) };
}

/** Throws forbidden, not_found. */
export async function getIncident(
  { db, contributions }: IncidentDependencies,
  actor: Actor,
  id: string,
): Promise<IncidentAnswer> {
  assertMayManage(actor);
  return db.write(actor, async (tx) => {
    const row = await findIncident(tx, id);
    if (row === undefined) throw notFound();
    const [answer] = await Promise.all([
      present(tx, actor, row, contributions),
      recordEvent(tx, actor, { action: 'incident_read', recordType: 'incident', recordId: id }),
    ]);
    return answer;
  });
}

/** Registers an incident. Throws forbidden, invalid_request, idempotency_key_reused. */
export async function registerIncident(
  { db, contributions }: IncidentDependencies,
  actor: Actor,
  input: IncidentInput,
  idempotencyKey: string | undefined,
): Promise<IncidentAnswer & { readonly replayed: boolean }> {
  assertMayManage(actor);
  const id = uuidv7();
  const { accountId = null, deviceId = null, address = null, from, to, description } = input;
  return db.write(actor, async (tx) => {
    const [claim, { timeZone }] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /incidents', content: [input], recordId: id }),
      readRules(tx, actor),
      assertSubject(tx, { accountId, deviceId }),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier === undefined) {
      const knownOn = chooseDay('knownOn', input.knownOn, timeZone) ?? toLocalDate(new Date(), timeZone);
      await insertIncident(tx, {
        ...{ id, clinic_id: actor.clinicId, account_id: accountId, session_id: deviceId, address },
        ...{ window_from: from, window_to: to, description, known_on: knownOn, created_by: actor.professionalId },
      });
      await recordEvent(tx, actor, { action: 'incident_registered', recordType: 'incident', recordId: id });
    }
    const row = await findIncident(tx, earlier ?? id);
    if (row === undefined) throw notFound();
    return { ...(await present(tx, actor, row, contributions)), replayed: earlier !== undefined };
  });
}

/** Changes an incident. Throws forbidden, not_found, stale, invalid_request. */
export async function changeIncident(
  { db, contributions }: IncidentDependencies,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  patch: IncidentPatch,
): Promise<IncidentAnswer> {
  assertMayManage(actor);
  return db.write(actor, async (tx) => {
    const [before, { timeZone }] = await Promise.all([
      lockIncident(tx, id),
      readRules(tx, actor),
      assertSubject(tx, patch),
    ]);
    if (before === undefined) throw notFound();
    if (!matches(before.version)) throw conflict('stale');
    assertWhole(before, patch);
    for (const field of ['knownOn', 'authorityToldOn', 'clientsToldOn'] as const)
      chooseDay(field, patch[field], timeZone);
    const days = (row: IncidentRow) => ({
      ...{ knownOn: row.known_day, authorityToldOn: row.authority_told_day, clientsToldOn: row.clients_told_day },
    });
    await updateIncident(tx, actor.clinicId, id, toColumns(patch));
    const after = await findIncident(tx, id);
    if (after === undefined) throw notFound();
    const [answer] = await Promise.all([
      present(tx, actor, after, contributions),
      recordEvent(tx, actor, {
        action: 'incident_changed',
        recordType: 'incident',
        recordId: id,
        details: describeChanges(days(before), days(after)),
      }),
    ]);
    return answer;
  });
}

/** Throws invalid_request for a person or a session that the clinic does not have. */
async function assertSubject(
  tx: Transaction,
  {
    accountId = null,
    deviceId = null,
  }: { accountId?: string | null | undefined; deviceId?: string | null | undefined },
): Promise<void> {
  if (accountId === null && deviceId === null) return;
  const found = await findSubject(tx, { accountId, deviceId });
  if (accountId !== null && !found.account) throw invalidField('accountId', 'invalid_value');
  if (deviceId !== null && !found.device) throw invalidField('deviceId', 'invalid_value');
}

/** Throws invalid_request when a patch leaves nobody and nothing to look for, or an end before its start. */
function assertWhole(before: IncidentRow, patch: IncidentPatch): void {
  const subject = [
    patch.accountId === undefined ? before.account_id : patch.accountId,
    patch.deviceId === undefined ? before.session_id : patch.deviceId,
    patch.address === undefined ? before.address_text : patch.address,
  ];
  if (subject.every((value) => value === null)) throw invalidField('accountId', 'incident_subject');
  const from = patch.from === undefined ? before.window_from : new Date(patch.from);
  const to = patch.to === undefined ? before.window_to : new Date(patch.to);
  if (from >= to) throw invalidField('to', 'ends_before_start');
}

/** Throws invalid_request for a day to come. */
function chooseDay(field: string, day: string | null | undefined, timeZone: string): string | null | undefined {
  if (day != null && day > toLocalDate(new Date(), timeZone)) throw invalidField(field, 'date_in_future');
  return day;
}

const columnOf = {
  accountId: 'account_id',
  deviceId: 'session_id',
  address: 'address',
  from: 'window_from',
  to: 'window_to',
  description: 'description',
  knownOn: 'known_on',
  report: 'report',
  authorityToldOn: 'authority_told_on',
  clientsToldOn: 'clients_told_on',
} as const satisfies Record<keyof IncidentPatch, string>;

const toColumns = (patch: IncidentPatch) =>
  Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [
      columnOf[name as keyof IncidentPatch],
      name === 'report' ? JSON.stringify(value) : value,
    ]),
  );
