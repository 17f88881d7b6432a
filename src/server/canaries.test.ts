import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Canaries, fillWithCanaries } from '../../tests/support/canaries.ts';
import { listMails } from '../../tests/support/mailbox.ts';
import { recipes, type Belongings } from '../../tests/support/role-requests.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../tests/support/server.ts';
import { contracts, type RouteKey } from '../shared/contracts/index.ts';
import type { RouteContract } from '../shared/contracts/route.ts';
import { qb } from './db/query-builder.ts';
import { findQueue } from './features/audit/event-queue.ts';

/** What mails to people are made of: plain names and the clinic’s own address (docs/security.md). */
const mailed = [
  /^POST \/professionals\.(firstName|lastName|email)$/,
  /^PATCH \/professionals\/\{id\}\.(firstName|lastName|email)$/,
  /^PATCH \/clinic\.(name|phone|address|city)$/,
  /^PATCH \/me\.(firstName|lastName)$/,
  /^POST \/auth\/codes\.email$/,
];

let server: TestServer;
let ana: SignedIn;
let consentTextId: string | undefined;
const canaries = new Canaries();
const answers = new Map<RouteKey, number>();
const token = 'm'.repeat(32);

beforeAll(async () => {
  server = await startTestServer({ METRICS_TOKEN: token, LOG_LEVEL: 'trace', MAX_ACTIVE_DEVICE_SESSIONS: '1000' });
  await server.createClinic('canario.test');
  ana = await server.signIn('ana@canario.test');
});
afterAll(() => server.stop());

let days = 0;

/** An appointment of a series, on a day of its own. */
async function book(clientId: string): Promise<{ readonly appointmentId: string; readonly seriesId: string }> {
  const start = new Date(Date.UTC(2035, 0, 1, 15) + (days += 1) * 86_400_000);
  const { clinic } = (await ana.api('GET /me')).body;
  const owner = { clinic_id: clinic.id, professional_id: ana.professionalId, client_id: clientId };
  const visit = { visit_type: 'consulta', time_zone: 'UTC', local_start: start.toISOString() };
  const rule = {
    duration_minutes: 30,
    rule: '{"every":1,"unit":"week","count":1}',
    planned_through: start.toISOString().slice(0, 10),
  };
  return server.db.system(async (tx) => {
    const series = { ...owner, ...visit, ...rule, created_by: ana.professionalId };
    const [made] = await tx.run(qb.insertInto('series').values(series).returning('id'));
    const times = { start_at: start, end_at: new Date(start.getTime() + 1_800_000), series_id: made?.id ?? '' };
    const appointment = { ...owner, ...visit, ...times };
    const [booked] = await tx.run(qb.insertInto('appointments').values(appointment).returning('id'));
    return { appointmentId: booked?.id ?? '', seriesId: made?.id ?? '' };
  });
}

const made = new Map<string, Promise<string>>();

/** Makes what lists have a limit for only once. @returns its id */
function kept(name: string, make: () => Promise<string>): Promise<string> {
  const id = made.get(name) ?? make();
  made.set(name, id);
  return id;
}

/** One of everything that requests name, for an operation. */
async function own(key: RouteKey): Promise<Belongings> {
  const { api, professionalId, sessionId } = ana;
  const register = async () => (await api('POST /clients', { body: { firstName: 'Cliente' } })).body.id;
  const idOf = async (made: Promise<{ readonly body: { readonly id: string } }>) => (await made).body.id;
  const [clientId, secondClientId, loserId] = [await register(), await register(), await register()];
  const text = { purpose: 'images', title: 'Uso', body: 'Autorizo.' } as const;
  consentTextId ??= await idOf(api('POST /consent-texts', { body: text }));
  const consent = { textId: consentTextId, decision: 'given', by: 'client', means: 'paper' } as const;
  const merge = { winnerId: secondClientId, loserId, winnerEtag: '*', loserEtag: '*', fields: {} } as const;
  const window = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
  const time = { startAt: '2037-01-02T12:00:00Z', endAt: '2037-01-02T13:00:00Z' };
  const about = { params: { id: clientId } };
  const booked = await book(clientId);
  const day = new Date(Date.UTC(2060, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
  const [timeOffId, holidayId, visitTypeId, roomId, packageId, wishId] = await Promise.all([
    idOf(api('POST /time-off', { body: { professionalId, ...time } })),
    idOf(api('POST /holidays', { body: { date: day, name: 'F', closed: false } })),
    kept('visitType', () => idOf(api('POST /visit-types', { body: { key: 'k', name: 'V', minutes: 30 } }))),
    kept('room', () => idOf(api('POST /rooms', { body: { name: randomUUID() } }))),
    idOf(api('POST /session-packages', { body: { clientId, total: 10 } })),
    idOf(api('POST /waiting-list', { body: { clientId } })),
  ]);
  const [tagId, secondTagId, linkId, consentId, incidentId, { body: merged }] = await Promise.all([
    kept(key.includes('/tags') ? key : 'tag', () => idOf(api('POST /tags', { body: { name: randomUUID() } }))),
    kept(key.includes('/tags') ? `${key} 2` : 'tag 2', () => idOf(api('POST /tags', { body: { name: randomUUID() } }))),
    idOf(api('POST /clients/{id}/relatives', { ...about, body: { clientId: secondClientId, kind: 'sibling' } })),
    idOf(api('POST /clients/{id}/consents', { ...about, body: consent })),
    idOf(api('POST /incidents', { body: { accountId: professionalId, ...window, description: 'x' } })),
    api('POST /duplicates/merge', { body: merge }),
  ]);
  return {
    ...{ personId: professionalId, clientId, secondClientId, sessionId, mergeId: merged.merge.id, ...booked },
    ...{ dismissalId: randomUUID(), passkeyId: randomUUID(), importId: randomUUID(), pushId: randomUUID() },
    ...{ timeOffId, holidayId, visitTypeId, roomId, packageId, wishId, tagId, secondTagId, linkId },
    ...{ feedId: randomUUID(), consentTextId, consentId, incidentId },
    ...{ hostEntryId: randomUUID(), filterId: randomUUID(), templateId: randomUUID(), coveringId: randomUUID() },
    ...{ covererId: randomUUID(), emergencyId: randomUUID(), dataRequestId: randomUUID() },
  };
}

/** Sends a request with a canary in each field that takes words. @returns the status */
async function send(key: RouteKey, target: Belongings): Promise<number> {
  const contract: RouteContract = contracts[key];
  const [method = '', path = ''] = key.split(' ');
  const { params = {}, query = {}, body } = recipes[key]?.ask?.(target) ?? {};
  const filledQuery = contract.query === undefined ? {} : fillWithCanaries(contract.query, query, canaries, `${key} ?`);
  const filledBody = contract.body === undefined ? undefined : fillWithCanaries(contract.body, body, canaries, key);
  const texts = Object.entries(filledQuery as object).map(([name, value]) => [name, String(value)]);
  const response = await fetch(
    `${server.address}/api/v1${path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? canaries.word(`${key} {${name}}`))}?${new URLSearchParams(texts).toString()}`,
    {
      method,
      headers: {
        ...{ authorization: `Bearer ${ana.accessToken}`, 'if-match': '*' },
        ...(filledBody !== undefined && { 'content-type': 'application/json' }),
      },
      ...(filledBody !== undefined && { body: JSON.stringify(filledBody) }),
    },
  );
  await response.arrayBuffer();
  return response.status;
}

/** Signing out and streams aside, everything that takes words. Deactivating oneself would end the walk. */
const skipped = new Set<string>([
  'GET /events',
  'POST /imports',
  'POST /professionals/{id}/deactivate',
  'POST /professionals/{id}/reactivate',
]);
const operations = (Object.keys(contracts) as RouteKey[]).filter((key) => {
  const contract: RouteContract = contracts[key];
  const takesWords = contract.body !== undefined || contract.query !== undefined;
  return takesWords && !skipped.has(key) && !key.startsWith('DELETE');
});

describe('a word put into a field of the API', () => {
  it('comes to operations of every method, and most of them take it', async () => {
    expect(operations.length).toBeGreaterThan(80);
    for (const key of operations) answers.set(key, await send(key, await own(key)));
    const csv = `nome;telefone;observações\n${canaries.word('POST /imports.file')};;${canaries.word('POST /imports.file')}\n`;
    const form = new FormData();
    form.set('professionalId', ana.professionalId);
    form.set('file', new Blob([csv]), `${canaries.word('POST /imports.fileName')}.csv`);
    const imported = await fetch(`${server.address}/api/v1/imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ana.accessToken}` },
      body: form,
    });
    expect(imported.status).toBe(202);
    const { id } = (await imported.json()) as { id: string };
    await expect
      .poll(async () => (await ana.api('GET /imports/{id}', { params: { id } })).body.status, { timeout: 20_000 })
      .toBe('done');
    const unforeseen = [...answers].filter(([, status]) => status >= 500);
    expect(unforeseen).toEqual([]);
    // The others have no such code, link or record. What they refuse they have read, and must not tell it, either.
    const refused = [...answers].filter(([, status]) => status >= 400);
    expect(refused.length, JSON.stringify(refused)).toBeLessThan(operations.length / 5);
    expect(canaries.size).toBeGreaterThan(120);
  }, 240_000);

  it('is in no event of the trail', async () => {
    await findQueue(server.db).flush();
    const events = await server.db.system((tx) => tx.run(qb.selectFrom('audit_events').selectAll()));
    expect(events.length).toBeGreaterThan(100);
    expect(events.flatMap((event) => canaries.findIn(JSON.stringify(event)))).toEqual([]);
  });

  it('is in no line of the log', () => {
    expect(server.logs.length).toBeGreaterThan(100);
    expect(server.logs.flatMap((line) => canaries.findIn(line))).toEqual([]);
  });

  it('is in no metric', async () => {
    const response = await fetch(`${server.address}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const metrics = await response.text();
    expect(metrics).toContain('http_request');
    // Names and labels: in the digits of a measured value a phone can occur by chance.
    expect(canaries.findIn(metrics.replaceAll(/ [\d.e+-]+$/gm, ''))).toEqual([]);
  });

  it('is in no mail that it was not meant for', async () => {
    const mails = await listMails(server);
    expect(mails.length).toBeGreaterThan(1);
    const found = mails.flatMap((mail) => canaries.findIn(JSON.stringify(mail)));
    expect(found.filter((origin) => !mailed.some((pattern) => pattern.test(origin)))).toEqual([]);
  });
});
