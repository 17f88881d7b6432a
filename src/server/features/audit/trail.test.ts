import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { AuditFilters } from '../../../shared/contracts/audit.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';

const about = (id: string) => ({ params: { id } });
const anyVersion = { headers: { 'if-match': '*' } };

describe('reading the trail', () => {
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;
  let carla: SignedIn;
  let olga: SignedIn;
  let zilda: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    for (const domain of ['leitura.test', 'vizinha.test']) await server.createClinic(domain);
    await server.db.system((tx) =>
      tx.run(
        sql`insert into professionals (clinic_id, email, first_name, role, is_superuser)
          select p.clinic_id, n.name || '@leitura.test', n.name, n.role, n.role = 'administrator'
          from professionals p, (values ('olga', 'auditor'), ('sofia', 'administrator'), ('zilda', 'professional')) as n (name, role)
          where p.email = 'ana@leitura.test'`,
      ),
    );
    const signIn = (name: string) => server.signIn(`${name}@leitura.test`);
    [ana, bruno, carla] = [await signIn('ana'), await signIn('bruno'), await signIn('carla')];
    [olga, zilda] = [await signIn('olga'), await signIn('zilda')];
  });
  afterAll(() => server.stop());

  const register = async (who: SignedIn, firstName = 'Íris') =>
    (await who.api('POST /clients', { body: { firstName } })).body.id;

  const trail = async (query: AuditFilters & { limit?: number } = {}, who = ana) =>
    (await who.api('GET /audit', { query: { limit: 200, ...query } })).body.items;

  it('shows the newest first, to the administrator and the auditor alike', async () => {
    const id = await register(bruno);
    await bruno.api('GET /clients/{id}', about(id));
    for (const who of [ana, olga]) {
      const events = await trail({ recordId: id }, who);
      expect(events).toEqual(
        ['client_read', 'client_created'].map((action) => ({
          id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
          action,
          actor: bruno.professionalId,
          session: bruno.sessionId,
          address: '127.0.0.1',
          recordType: 'client',
          recordId: id,
          details: { as: 'owner' },
        })),
      );
    }
  });

  it('is narrowed by time, person, action and record, each alone and together', async () => {
    const id = await register(bruno);
    const [event] = await trail({ recordId: id });
    const at = event?.at ?? '';
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Sao_Paulo' }).format(new Date(at));
    const later = new Date(Date.parse(at) + 1).toISOString();
    const ids = async (query: AuditFilters) => (await trail({ recordId: id, ...query })).map((found) => found.id);
    const hits: AuditFilters[] = [
      ...[{ from: at }, { to: later }, { from: day, to: day }, { actorId: bruno.professionalId }],
      ...[{ action: 'client_created' }, { recordType: 'client' }],
      { from: at, to: later, actorId: bruno.professionalId, action: 'client_created', recordType: 'client' },
    ];
    for (const query of hits) expect(await ids(query), JSON.stringify(query)).toEqual([event?.id]);
    const misses: AuditFilters[] = [
      ...[{ from: later }, { to: at }, { to: '2020-01-01' }, { actorId: ana.professionalId }],
      ...[{ action: 'client_read' }, { recordType: 'import' }],
    ];
    for (const query of misses) expect(await ids(query), JSON.stringify(query)).toEqual([]);
    for (const query of [{ from: 'ontem' }, { action: 'Client Read' }, { actorId: 'x' }])
      await expect(trail(query)).rejects.toMatchObject({ status: 422 });
  });

  it('pages through everything once, also past events of the same moment', async () => {
    const [clinic] = await server.db.system((tx) =>
      tx.run(qb.selectFrom('professionals').select('clinic_id').where('id', '=', ana.professionalId)),
    );
    await server.db.system((tx) =>
      tx.run(
        sql`insert into audit_events (clinic_id, at, action, record_type)
          select ${clinic?.clinic_id}::uuid, timestamptz '2024-02-01 12:00:00.123456+00', 'backup_made', 'backup'
          from generate_series(1, 25)`,
      ),
    );
    const query = { to: '2024-12-31', limit: 10 };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await ana.api('GET /audit', {
        query: { ...query, ...(cursor === undefined ? {} : { cursor }) },
      });
      expect(body.total).toEqual({ value: 25, relation: 'eq' });
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
    const other = (await ana.api('GET /audit', { query: { limit: 1 } })).body.nextCursor ?? '';
    await expect(ana.api('GET /audit', { query: { ...query, cursor: other } })).rejects.toMatchObject({ status: 422 });
  });

  it('names people and actions to narrow by; the host’s superuser only once they did something, and by no name', async () => {
    const { people, actions } = (await olga.api('GET /audit/filters')).body;
    expect(people.map(({ name, role }) => [name, role])).toEqual([
      ['Ana', 'administrator'],
      ['Bruno', 'professional'],
      ['Carla', 'reception'],
      ['olga', 'auditor'],
      ['zilda', 'professional'],
    ]);
    expect(actions).toEqual(expect.arrayContaining(['client_created', 'signed_in']));
    expect(actions).toEqual([...actions].sort());
    await server.db.system((tx) =>
      tx.run(
        sql`insert into host_entries (clinic_id, professional_id, reason, ends_at)
          select clinic_id, id, 'Chamado 7', now() + interval '1 hour' from professionals where email = 'sofia@leitura.test'`,
      ),
    );
    await server.signIn('sofia@leitura.test');
    const later = (await olga.api('GET /audit/filters')).body.people;
    expect(later).toContainEqual({ id: expect.any(String) as string, name: null, role: 'host', active: true });
    expect(JSON.stringify(later)).not.toContain('sofia');
  });

  it('tells the old and the new value of a role, of access and of a setting', async () => {
    const dora = { email: 'dora@leitura.test', firstName: 'Dora', lastName: 'Reis', role: 'professional' } as const;
    const { id } = (await ana.api('POST /professionals', { body: dora })).body;
    await ana.api('PATCH /professionals/{id}', {
      ...about(id),
      ...anyVersion,
      body: { role: 'auditor', lastName: 'Lima' },
    });
    await ana.api('POST /professionals/{id}/deactivate', { ...about(id), body: { reason: 'férias' } });
    await ana.api('POST /professionals/{id}/reactivate', about(id));
    const changes = (await trail({ recordId: id })).map(({ action, details }) => [action, details.changes]);
    expect(changes).toEqual([
      ['professional_reactivated', [{ field: 'active', from: false, to: true }]],
      ['professional_deactivated', [{ field: 'active', from: true, to: false }]],
      [
        'role_changed',
        [
          { field: 'role', from: 'professional', to: 'auditor' },
          { field: 'clinicalAccess', from: true, to: false },
        ],
      ],
      [
        'professional_invited',
        [
          { field: 'role', from: null, to: 'professional' },
          { field: 'clinicalAccess', from: null, to: true },
        ],
      ],
    ]);
    await carla.api('PATCH /me/settings', { ...anyVersion, body: { theme: 'dark', language: 'pt-BR' } });
    await carla.api('PATCH /me', { ...anyVersion, body: { firstName: 'Carlota' } });
    const own = await trail({ actorId: carla.professionalId, recordType: 'professional' });
    expect(own.map(({ action, details }) => [action, details])).toEqual([
      ['profile_updated', { as: 'reception' }],
      ['settings_changed', { as: 'reception', changes: [{ field: 'theme', from: 'system', to: 'dark' }] }],
    ]);
  });

  it('nobody changes their own role, not even an administrator among others', async () => {
    const eva = { email: 'eva@leitura.test', firstName: 'Eva', role: 'administrator' } as const;
    await ana.api('POST /professionals', { body: eva });
    const own = { ...about(ana.professionalId), ...anyVersion };
    await expect(ana.api('PATCH /professionals/{id}', { ...own, body: { role: 'reception' } })).rejects.toMatchObject({
      status: 403,
      problem: { code: 'own_rights' },
    });
    const renamed = await ana.api('PATCH /professionals/{id}', {
      ...own,
      body: { role: 'administrator', lastName: 'Sá' },
    });
    expect(renamed.body).toMatchObject({ role: 'administrator', lastName: 'Sá' });
  });

  it('records what somebody was refused once, with the operation; a colleague’s client too, one that does not exist not', async () => {
    const id = await register(bruno);
    const refused = () => zilda.api('GET /clients/{id}', about(id)).catch(() => undefined);
    await refused();
    await refused();
    await zilda.api('GET /clients/{id}', about(randomUUID())).catch(() => undefined);
    await olga.api('GET /clients/{id}', about(id)).catch(() => undefined);
    await carla.api('GET /clients/export.csv').catch(() => undefined);
    const denied = (await trail({ action: 'access_denied' })).filter(({ actor }) => actor !== ana.professionalId);
    expect(denied.map(({ actor, recordId, details }) => ({ actor, recordId, details }))).toEqual([
      {
        actor: carla.professionalId,
        recordId: null,
        details: { as: 'reception', operation: 'GET /clients/export.csv', status: 403 },
      },
      {
        actor: olga.professionalId,
        recordId: id,
        details: { as: 'auditor', operation: 'GET /clients/{id}', status: 403 },
      },
      {
        actor: zilda.professionalId,
        recordId: id,
        details: { as: 'professional', operation: 'GET /clients/{id}', status: 404 },
      },
    ]);
  });

  it('a flood of refusals leaves few events', async () => {
    const ids = Array.from({ length: 150 }, () => randomUUID());
    for (const id of ids) await bruno.api('POST /professionals/{id}/reactivate', about(id)).catch(() => undefined);
    const denied = await trail({ action: 'access_denied', actorId: bruno.professionalId });
    expect(denied).toHaveLength(41);
    expect(denied.map(({ details }) => details.more)).toEqual([true, ...Array<undefined>(40)]);
  });

  it('says who opened a client’s record, when and in which capacity, also before records were merged', async () => {
    const [id, merged] = [await register(bruno), await register(bruno)];
    for (const who of [bruno, bruno, ana, carla]) await who.api('GET /clients/{id}', about(id));
    await bruno.api('GET /clients/{id}/vcard', about(merged));
    const merge = { winnerId: id, loserId: merged, winnerEtag: '*', loserEtag: '*' };
    await bruno.api('POST /duplicates/merge', { body: merge });
    for (const who of [ana, bruno]) {
      const { items, total } = (await who.api('GET /clients/{id}/viewers', about(id))).body;
      expect(items.map(({ action, professional, capacity }) => [action, professional, capacity])).toEqual([
        ['client_contact_exported', { id: bruno.professionalId, name: 'Bruno' }, 'owner'],
        ['client_read', { id: carla.professionalId, name: 'Carlota' }, 'reception'],
        ['client_read', { id: ana.professionalId, name: 'Ana Sá' }, 'administrator'],
        ['client_read', { id: bruno.professionalId, name: 'Bruno' }, 'owner'],
        ['client_read', { id: bruno.professionalId, name: 'Bruno' }, 'owner'],
      ]);
      expect(total).toEqual({ value: 5, relation: 'eq' });
    }
    await expect(zilda.api('GET /clients/{id}/viewers', about(id))).rejects.toMatchObject({ status: 404 });
  });

  it('is taken as CSV, for a program and for a Brazilian Excel, and taking it is an event', async () => {
    const fetchCsv = async (query: string) => {
      const answer = await fetch(`${server.address}/api/v1/audit/export.csv${query}`, {
        headers: { authorization: `Bearer ${olga.accessToken}` },
      });
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      return answer.text();
    };
    const lines = (await fetchCsv('?to=2024-12-31')).split('\r\n');
    expect(lines).toHaveLength(27);
    expect(lines[0]).toBe('id,at,action,actor,session,address,recordType,recordId,details');
    expect(lines[1]).toMatch(/^[0-9a-f-]{36},2024-02-01T12:00:00\.123Z,backup_made,,,,backup,,\{\}$/);
    const [line = ''] = (await fetchCsv('?dialect=excel&action=settings_changed')).split('\r\n').slice(1);
    expect(line).toMatch(/^[^;]+;[^;]+;settings_changed;.*;"\{.*""as"":""reception"".*\}"$/);
    expect(await trail({ action: 'trail_exported' })).toMatchObject([
      { actor: olga.professionalId, details: { as: 'auditor' } },
      { actor: olga.professionalId },
    ]);
  });

  it('ends at the clinic’s border', async () => {
    const id = await register(bruno);
    const neighbour = await server.signIn('ana@vizinha.test');
    expect(await trail({ recordId: id }, neighbour)).toEqual([]);
    const actors = (await trail({}, neighbour)).map(({ actor }) => actor);
    expect(new Set(actors)).toEqual(new Set([neighbour.professionalId]));
    await expect(neighbour.api('GET /clients/{id}/viewers', about(id))).rejects.toMatchObject({ status: 404 });
  });

  it('has what was read before a graceful stop', async () => {
    const id = await register(bruno);
    await bruno.api('GET /clients/{id}', about(id));
    await server.app.close();
    const rows = await server.db.system((tx) =>
      tx.run(qb.selectFrom('audit_events').select('action').where('record_id', '=', id).orderBy('at')),
    );
    expect(rows.map(({ action }) => action)).toEqual(['client_created', 'client_read']);
  });
});
