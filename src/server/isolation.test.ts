import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../tests/support/server.ts';
import { appointmentRoutes } from '../shared/contracts/agenda/appointments.ts';
import { availabilityRoutes } from '../shared/contracts/agenda/availability.ts';
import { seriesRoutes } from '../shared/contracts/agenda/series.ts';
import { sessionPackageRoutes } from '../shared/contracts/agenda/session-packages.ts';
import { waitingListRoutes } from '../shared/contracts/agenda/waiting-list.ts';
import { confirmationRoutes } from '../shared/contracts/agenda/confirmations.ts';
import { reminderRoutes } from '../shared/contracts/agenda/reminders.ts';
import { calendarFeedRoutes } from '../shared/contracts/agenda/calendar-feeds.ts';
import { pushSubscriptionRoutes } from '../shared/contracts/agenda/push-subscriptions.ts';
import { qb } from './db/query-builder.ts';

/** Operations that name a record, a client or a person. */
const operations: [method: string, path: string, body?: object][] = [
  ['GET', '/clients/{id}'],
  ['PATCH', '/clients/{id}', { firstName: 'Minha' }],
  ['PATCH', '/clients/{id}', { professionalId: '{id}' }],
  ['DELETE', '/clients/{id}'],
  ['POST', '/clients/{id}/restore'],
  ['GET', '/clients/{id}/history'],
  ['GET', '/clients/{id}/vcard'],
  ['POST', '/clients', { firstName: 'Nova', professionalId: '{id}' }],
  ['GET', '/clients?professionalId={id}'],
  ['GET', '/clients/export.csv?professionalId={id}'],
  ['GET', '/professionals/{id}'],
  ['PATCH', '/professionals/{id}', { role: 'reception' }],
  ['POST', '/professionals/{id}/deactivate', { reason: 'x' }],
  ['DELETE', '/auth/sessions/{id}'],
  ['PATCH', '/auth/sessions/{id}', { deviceName: 'x' }],
  ['GET', '/clients/{id}/relatives'],
  ['POST', '/clients/{id}/relatives', { clientId: '{id}', kind: 'sibling' }],
  ['DELETE', '/clients/{id}/relatives/{id}'],
  ['PATCH', '/tags/{id}', { warns: true }],
  ['POST', '/tags/{id}/merge', { into: '{id}' }],
  ['DELETE', '/tags/{id}'],
  ['GET', '/series/{id}'],
  ['PATCH', '/series/{id}', { scope: 'all', appointmentId: '{id}', title: 'x' }],
  ['GET', '/session-packages?clientId={id}'],
  ['POST', '/session-packages', { clientId: '{id}', total: 5 }],
  ['PATCH', '/session-packages/{id}', { total: 5 }],
  ['GET', '/waiting-list?professionalId={id}'],
  ['GET', '/waiting-list/matches?appointmentId={id}'],
  ['POST', '/waiting-list', { clientId: '{id}' }],
  ['PATCH', '/waiting-list/{id}', { note: 'x' }],
  ['DELETE', '/waiting-list/{id}'],
  ['POST', '/appointments/{id}/confirmation-link'],
  ['DELETE', '/appointments/{id}/confirmation-link'],
  ['GET', '/clients/{id}/reminders'],
  ['PATCH', '/clients/{id}/reminders', { email: false }],
  ['DELETE', '/calendar-feeds/{id}'],
  ['DELETE', '/push-subscriptions/{id}'],
  ['GET', '/appointments/{id}'],
  ['PATCH', '/appointments/{id}', { title: 'x' }],
  ['DELETE', '/appointments/{id}'],
  ['POST', '/appointments/{id}/transitions', { to: 'confirmed' }],
  ['GET', '/appointments/{id}/history'],
  ['GET', '/appointments?clientId={id}'],
  ['GET', '/appointments?professionalId={id}'],
  ['GET', '/appointments?roomId={id}'],
  ['POST', '/appointments', { clientId: '{id}', professionalId: '{id}', startAt: '2031-03-03T13:00:00Z' }],
  ['POST', '/appointments/shift', { professionalId: '{id}', from: '2031-03-03T13:00:00Z', minutes: 10 }],
  ['GET', '/availability?professionalId={id}&from=2031-03-03&to=2031-03-03'],
  ['GET', '/professionals/{id}/hours'],
  ['PUT', '/professionals/{id}/hours', { weekly: [], exceptions: [] }],
  ['DELETE', '/time-off/{id}'],
  ['DELETE', '/holidays/{id}'],
  ['PATCH', '/visit-types/{id}', { name: 'x' }],
  ['PATCH', '/rooms/{id}', { name: 'x' }],
  ['POST', '/coverings', { absentId: '{id}', coveringId: '{id}', from: '2031-03-03', to: '2031-03-04', reason: 'x' }],
  ['DELETE', '/coverings/{id}'],
  ['POST', '/clients/{id}/emergency-access', { reason: 'x' }],
  ['POST', '/emergency-accesses/{id}/review'],
  ['GET', '/clients/{id}/consents'],
  ['POST', '/clients/{id}/consents', { textId: '{id}', decision: 'given', by: 'client', means: 'paper' }],
  ['POST', '/consents/{id}/withdraw', { by: 'client', means: 'paper' }],
  ['GET', '/incidents/{id}'],
  ['PATCH', '/incidents/{id}', { description: 'x' }],
  [
    'POST',
    '/incidents',
    { accountId: '{id}', from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', description: 'x' },
  ],
  [
    'POST',
    '/incidents',
    { deviceId: '{id}', from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', description: 'x' },
  ],
];

const agendaRoutes = {
  ...appointmentRoutes,
  ...availabilityRoutes,
  ...seriesRoutes,
  ...sessionPackageRoutes,
  ...waitingListRoutes,
  ...confirmationRoutes,
  ...reminderRoutes,
  ...calendarFeedRoutes,
  ...pushSubscriptionRoutes,
};

describe('what one person sees of another', () => {
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;
  let carla: SignedIn;
  /** The administrator of another clinic, and a client there. */
  let vera: SignedIn;
  let foreignClient: string;
  let foreignTag: string;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('minha.test');
    await server.createClinic('outra.test');
    [ana, bruno, carla, vera] = (await Promise.all(
      ['ana@minha.test', 'bruno@minha.test', 'carla@minha.test', 'ana@outra.test'].map((email) => server.signIn(email)),
    )) as [SignedIn, SignedIn, SignedIn, SignedIn];
    const body = { firstName: 'Segredo', lastName: 'Alheio', tags: ['alheia'], phone: '(11) 98765-4321' };
    foreignClient = (await vera.api('POST /clients', { body })).body.id;
    foreignTag = (await vera.api('GET /tags')).body.items.find(({ name }) => name === 'alheia')?.id ?? '';
    for (const firstName of ['Ágata', 'Bia', 'Caio']) await ana.api('POST /clients', { body: { firstName } });
  });
  afterAll(() => server.stop());

  /** Everything of an answer that a client can see, without the request id. */
  async function answerOf(who: SignedIn, method: string, path: string, body?: unknown) {
    const response = await fetch(`${server.address}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${who.accessToken}`,
        'if-match': '*',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const headers = [...response.headers].filter(([name]) => !['date', 'content-length', 'etag'].includes(name));
    return { status: response.status, headers, text: (await response.text()).replace(/"requestId":"[^"]*"/, '') };
  }

  describe('an id of another clinic answers as one that does not exist', () => {
    it('is asked of every operation of the agenda that names one', () => {
      const asked = new Set(operations.map(([method, path]) => `${method} ${path.split('?')[0] ?? ''}`));
      const named = Object.keys(agendaRoutes).filter((key) => key.includes('{id}'));
      expect(named.filter((key) => !asked.has(key))).toEqual([]);
    });

    it.each(operations)('%s %s %j', async (method, path, body) => {
      const ids = [foreignClient, foreignTag, vera.professionalId, vera.sessionId];
      const ask = (who: SignedIn, id: string) =>
        answerOf(
          who,
          method,
          path.replace('{id}', id),
          body && (JSON.parse(JSON.stringify(body).replace('{id}', id)) as unknown),
        );
      for (const who of [ana, bruno, carla]) {
        const nobodys = await ask(who, randomUUID());
        for (const id of ids) expect(await ask(who, id)).toEqual(nobodys);
        expect(await ask(who, 'not-an-id')).toMatchObject({
          status: nobodys.status === 200 ? 422 : (expect.any(Number) as number),
        });
      }
    });

    it('in the body of a change to one’s own client, and of handing clients over', async () => {
      const { id } = (await ana.api('POST /clients', { body: { firstName: 'Própria' } })).body;
      const leaving = await server.db.system((tx) =>
        tx.run(
          qb
            .insertInto('professionals')
            .columns(['clinic_id', 'email', 'first_name', 'role'])
            .expression(
              qb
                .selectFrom('professionals')
                .select((eb) => [
                  'clinic_id',
                  eb.val('dora@minha.test').as('email'),
                  eb.val('Dora').as('first_name'),
                  'role',
                ])
                .where('email', '=', 'bruno@minha.test'),
            )
            .returning('id'),
        ),
      );
      for (const [path, body] of [
        [`/clients/${id}`, (other: string) => ({ professionalId: other })],
        [
          `/professionals/${leaving[0]?.id ?? ''}/deactivate`,
          (other: string) => ({ reason: 'saiu', transferTo: other }),
        ],
      ] as const) {
        const method = path.endsWith('deactivate') ? 'POST' : 'PATCH';
        const nobodys = await answerOf(ana, method, path, body(randomUUID()));
        expect(nobodys.status).toBe(422);
        expect(await answerOf(ana, method, path, body(vera.professionalId))).toEqual(nobodys);
      }
    });

    it('in a cursor, one’s own or made up', async () => {
      const first = await ana.api('GET /clients', { query: { limit: 1 } });
      const cursor = first.body.nextCursor ?? '';
      const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
      const forged = (id: string) => Buffer.from(JSON.stringify(parts.with(2, id))).toString('base64url');
      const path = (id: string) => `/clients?limit=1&cursor=${forged(id)}`;
      const neighbour = foreignClient.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
      expect(await answerOf(ana, 'GET', path(foreignClient))).toEqual(await answerOf(ana, 'GET', path(neighbour)));
      // A cursor says where to continue, not in which clinic.
      const { body } = await vera.api('GET /clients', { query: { limit: 1, cursor } });
      expect(body.items.map(({ id }) => id)).toEqual([foreignClient]);
    });

    it('in searches, tags, duplicates and idempotency keys', async () => {
      const { body: found } = await ana.api('GET /clients', { query: { q: 'segredo' } });
      expect(found).toEqual({ items: [], nextCursor: null, total: { value: 0, relation: 'eq' } });
      expect((await ana.api('GET /clients', { query: { q: 'segreda' } })).body.items).toEqual([]);
      expect((await ana.api('GET /clients', { query: { tag: 'alheia' } })).body.items).toEqual([]);
      const body = { firstName: 'Minha', phone: '(11) 98765-4321' };
      expect((await ana.api('POST /clients', { body })).status).toBe(201);
      const headers = { 'idempotency-key': 'mesma' };
      const mine = await ana.api('POST /clients', { body: { firstName: 'Chave' }, headers });
      const theirs = await vera.api('POST /clients', { body: { firstName: 'Chave' }, headers });
      expect(theirs.body.id).not.toBe(mine.body.id);
    });
  });

  it('a professional sees no client of a colleague, neither listed nor opened', async () => {
    const { body } = await ana.api('GET /clients');
    expect(body.items.length).toBeGreaterThan(2);
    expect((await bruno.api('GET /clients')).body.items).toEqual([]);
    const unknown = await answerOf(bruno, 'GET', `/clients/${randomUUID()}`);
    for (const { id } of body.items) expect(await answerOf(bruno, 'GET', `/clients/${id}`)).toEqual(unknown);
  });

  describe('reception and clinical notes', () => {
    let id: string;

    beforeAll(async () => {
      const body = { firstName: 'Paciente', notes: 'sigiloso', extra: { Queixa: 'dor sigilosa' } };
      id = (await bruno.api('POST /clients', { body })).body.id;
      const patch = (change: object) =>
        bruno.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body: change });
      await patch({ notes: 'mais sigiloso', rg: '1' });
      await patch({ extra: { Queixa: null } });
    });

    it('are kept apart in the card, the list and the history', async () => {
      const card = await carla.api('GET /clients/{id}', { params: { id } });
      expect(card.body.firstName).toBe('Paciente');
      expect(Object.keys(card.body)).not.toContain('notes');
      expect(Object.keys(card.body)).not.toContain('extra');
      const history = await carla.api('GET /clients/{id}/history', { params: { id } });
      expect(history.body.items.map(({ changes }) => changes.map(({ field }) => field))).toEqual([[], ['rg'], []]);
      const list = await carla.api('GET /clients', { query: { q: 'paciente' } });
      expect(JSON.stringify([card.body, history.body, list.body])).not.toContain('sigilos');
      expect((await carla.api('GET /clients', { query: { q: 'sigiloso' } })).body.items).toEqual([]);
    });

    it('are not reception’s to write or to take along', async () => {
      for (const change of [{ notes: 'x' }, { notes: null }, { extra: {} }, { extra: { a: 'b' }, rg: '2' }]) {
        const body = { firstName: 'Nova', professionalId: bruno.professionalId, ...change };
        expect((await answerOf(carla, 'POST', '/clients', body)).status).toBe(403);
        expect((await answerOf(carla, 'PATCH', `/clients/${id}`, change)).status).toBe(403);
      }
      expect((await answerOf(carla, 'GET', '/clients/export.csv')).status).toBe(403);
      const changed = await carla.api('PATCH /clients/{id}', {
        params: { id },
        headers: { 'if-match': '*' },
        body: { rg: '3' },
      });
      expect(Object.keys(changed.body)).not.toContain('notes');
      expect((await bruno.api('GET /clients/{id}', { params: { id } })).body.notes).toBe('mais sigiloso');
    });

    it('need a professional to belong to', async () => {
      expect((await answerOf(carla, 'POST', '/clients', { firstName: 'De quem?' })).text).toContain('professionalId');
      const body = { firstName: 'De Bruno', professionalId: bruno.professionalId };
      expect((await carla.api('POST /clients', { body })).body.professionalId).toBe(bruno.professionalId);
    });
  });
});
