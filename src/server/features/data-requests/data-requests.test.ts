import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { qb } from '../../db/query-builder.ts';

describe('what people ask about their data', () => {
  let server: TestServer;
  let ana: SignedIn;
  let clientId = '';

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('titular.test');
    await server.createClinic('vizinha.test');
    ana = await server.signIn('ana@titular.test');
    clientId = (await ana.api('POST /clients', { body: { firstName: 'Íris', lastName: 'Canário' } })).body.id;
  });
  afterAll(() => server.stop());

  const note = async (values: object = {}) =>
    (
      await ana.api('POST /data-requests', {
        body: { clientId, kind: 'access', identifiedBy: 'RG visto por Carla', ...values },
      })
    ).body;
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  const daysUntil = (at: string) => Math.round((Date.parse(at) - Date.now()) / 86_400_000);

  it('is due in 15 days, or in as many as the clinic has chosen', async () => {
    const first = await note();
    expect(first).toMatchObject({
      ...{ clientId, clientName: 'Íris Canário', kind: 'access', identifiedBy: 'RG visto por Carla', overdue: false },
      ...{ answer: null, answeredAt: null, proof: [], createdBy: { id: ana.professionalId } },
    });
    expect(daysUntil(first.dueAt)).toBe(15);
    await ana.api('PATCH /clinic', { headers: { 'if-match': '*' }, body: { dataRequestDays: 7 } });
    expect(daysUntil((await note()).dueAt)).toBe(7);
    expect(daysUntil((await note({ dueAt: days(3) })).dueAt)).toBe(3);
  });

  it('is answered, with who and when, and opened again', async () => {
    const { id } = await note({ kind: 'correction' });
    const change = (body: object) =>
      ana.api('PATCH /data-requests/{id}', { params: { id }, headers: { 'if-match': '*' }, body });
    const answeredAt = new Date().toISOString();
    const { body } = await change({ answer: 'Telefone corrigido', answeredAt });
    expect(body).toMatchObject({ answer: 'Telefone corrigido', answeredAt, answeredBy: { id: ana.professionalId } });
    expect((await change({ answeredAt: null })).body).toMatchObject({ answeredAt: null, answeredBy: null });
    await expect(change({ answeredAt: days(2) })).rejects.toMatchObject({ status: 422 });
    await expect(
      ana.api('PATCH /data-requests/{id}', { params: { id }, headers: { 'if-match': '"1"' }, body: { answer: 'x' } }),
    ).rejects.toMatchObject({ status: 412 });
    const events = await server.db.system((tx) =>
      tx.run(
        qb
          .selectFrom('audit_events')
          .select(['action', 'record_type', 'details'])
          .where('record_id', '=', id)
          .orderBy('at'),
      ),
    );
    expect(events.map(({ action }) => action)).toEqual([
      'data_request_received',
      'data_request_answered',
      'data_request_changed',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/corrigido|Carla|Íris/);
  });

  it('is listed with what is due first, page by page, and what is overdue is marked', async () => {
    const late = await note({ dueAt: days(-1) });
    const open = [];
    let cursor: string | undefined;
    do {
      const page = { status: 'open' as const, limit: 2, ...(cursor === undefined ? {} : { cursor }) };
      const { body } = await ana.api('GET /data-requests', { query: page });
      open.push(...body.items);
      cursor = body.nextCursor ?? undefined;
      expect(body.total.relation).toBe('eq');
    } while (cursor !== undefined);
    expect(open[0]).toMatchObject({ id: late.id, overdue: true });
    const times = open.map(({ dueAt }) => dueAt);
    expect(times).toEqual(times.toSorted());
    await ana.api('PATCH /data-requests/{id}', {
      params: { id: late.id },
      headers: { 'if-match': '*' },
      body: { answeredAt: new Date().toISOString() },
    });
    const { body: answered } = await ana.api('GET /data-requests', { query: { status: 'answered', clientId } });
    expect(answered.items).toMatchObject([{ id: late.id, overdue: false }]);
  });

  it('is created once for one key, and only about a client of the clinic', async () => {
    const body = { clientId, kind: 'portability', identifiedBy: 'Vídeo' } as const;
    const headers = { 'idempotency-key': randomUUID() };
    const [one, other] = [
      await ana.api('POST /data-requests', { body, headers }),
      await ana.api('POST /data-requests', { body, headers }),
    ];
    expect(other.body.id).toBe(one.body.id);
    await expect(note({ clientId: randomUUID() })).rejects.toMatchObject({ status: 404 });
    await expect(note({ kind: 'other' })).rejects.toMatchObject({ status: 422 });
    await expect(note({ answer: 'x' })).rejects.toMatchObject({ status: 422 });
    const neighbour = await server.signIn('ana@vizinha.test');
    await expect(neighbour.api('POST /data-requests', { body })).rejects.toMatchObject({ status: 404 });
    expect((await neighbour.api('GET /data-requests')).body.items).toEqual([]);
  });
});
