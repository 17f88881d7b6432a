import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { signInTwoClinics, type TwoClinics } from '../../../../tests/support/two-clinics.ts';
import type { ClientInput } from '../../../shared/contracts/clients.ts';
import type { Incident, IncidentInput } from '../../../shared/contracts/incidents.ts';
import { outlivedIncidents } from './queries.ts';

let server: TestServer;
let people: TwoClinics;
let began: string;

beforeAll(async () => {
  server = await startTestServer({ MAX_ACTIVE_DEVICE_SESSIONS: '100' });
  people = await signInTwoClinics(server);
  began = new Date(Date.now() - 60_000).toISOString();
});
afterAll(() => server.stop());

const register = async (who: SignedIn, firstName: string, more: Partial<ClientInput> = {}) =>
  (await who.api('POST /clients', { body: { firstName, ...more } })).body.id;
const open = (who: SignedIn, id: string) => who.api('GET /clients/{id}', { params: { id } });
const window = () => ({ from: began, to: new Date(Date.now() + 60_000).toISOString() });
const describeIncident = async (who: SignedIn, input: Partial<IncidentInput>) =>
  (await who.api('POST /incidents', { body: { description: 'Celular perdido', ...window(), ...input } })).body;
const kindsOf = ({ clients }: Incident) => Object.fromEntries(clients.map(({ name, kinds }) => [name, kinds]));

describe('an incident', () => {
  it('names the clients whom an account touched, and the kinds of data as far as that person sees them', async () => {
    const { ana, bruno, carla } = people;
    const opened = await register(bruno, 'Aberta');
    const booked = await register(bruno, 'Marcada');
    const untouched = await register(ana, 'Intocada');
    await open(ana, untouched);
    const start = new Date();
    const from = start.toISOString();
    await open(carla, opened);
    const booking = { clientId: booked, professionalId: bruno.professionalId, localStart: '2031-04-07T10:00' };
    const { id: appointmentId } = (await carla.api('POST /appointments', { body: booking })).body;
    await carla.api('GET /appointments/{id}', { params: { id: appointmentId } });
    // What was refused touched nothing.
    await expect(carla.api('GET /clients/{id}/viewers', { params: { id: untouched } })).rejects.toThrow();
    const ofReception = await describeIncident(ana, { accountId: carla.professionalId, from });
    expect(kindsOf(ofReception)).toEqual({
      Aberta: ['registration', 'contact'],
      // An appointment shows the client's date of birth and tags, too.
      Marcada: ['registration', 'contact', 'agenda'],
    });
    expect(ofReception.clientCount).toBe(2);
    expect(ofReception.lists?.clients).toBeGreaterThanOrEqual(3);
    await open(bruno, opened);
    const ofBruno = await describeIncident(ana, { accountId: bruno.professionalId, from });
    expect(kindsOf(ofBruno)).toEqual({ Aberta: ['registration', 'contact', 'clinical'] });
    // A professional's lists have their own clients only.
    expect(ofBruno.lists).toEqual({ clients: 2, kinds: ['registration', 'contact'] });
  });

  it('is narrowed to a device, with its earlier sessions, and to an address', async () => {
    const { ana } = people;
    const email = (await ana.api('GET /me')).body.email;
    const [lost, other] = [
      await server.signIn(email, { id: 'celular-perdido' }),
      await server.signIn(email, { id: 'outro-aparelho' }),
    ];
    const [one, two, three] = [await register(ana, 'Um'), await register(ana, 'Dois'), await register(ana, 'Três')];
    await open(lost, one);
    await open(other, two);
    // Signing in again on the device is another session of it.
    const again = await server.signIn(email, { id: 'celular-perdido' });
    await open(again, three);
    const ofDevice = await describeIncident(ana, { deviceId: again.sessionId });
    expect(Object.keys(kindsOf(ofDevice)).sort()).toEqual(['Três', 'Um']);
    const here = await describeIncident(ana, { address: '127.0.0.1', accountId: ana.professionalId });
    expect(Object.keys(kindsOf(here))).toEqual(expect.arrayContaining(['Um', 'Dois', 'Três']));
    const elsewhere = await describeIncident(ana, { address: '203.0.113.9' });
    expect(elsewhere).toMatchObject({ clients: [], clientCount: 0, massEvents: [], lists: null });
  });

  it('tells of files with many clients how many there are and whose', async () => {
    const { bruno, ana } = people;
    const from = new Date().toISOString();
    await bruno.api('GET /clients/export.csv');
    const ids = [await register(bruno, 'Escolhida')];
    await bruno.api('POST /clients/export.csv', { body: { ids } });
    await ana.api('GET /clients/export.csv', { query: { q: 'Escolhida' } });
    const { massEvents } = await describeIncident(ana, { accountId: bruno.professionalId, from });
    expect(massEvents.map(({ action, scope, clients, kinds }) => [action, scope, clients, kinds])).toEqual([
      ['clients_exported', 'chosen', 1, ['registration', 'contact', 'clinical']],
      ['clients_exported', 'own', 2, ['registration', 'contact', 'clinical']],
    ]);
    const whole = await describeIncident(ana, { accountId: ana.professionalId, from });
    expect(whole.massEvents.map(({ scope, clients }) => [scope, clients])).toEqual([['clinic', 1]]);
  });

  it('has what the authority asks for, its deadlines, and both days of telling', async () => {
    const { ana } = people;
    const made = await describeIncident(ana, { accountId: ana.professionalId, knownOn: '2026-01-05' });
    expect(made.deadlines).toMatchObject({ businessDays: 3, tellBy: '2026-01-08', supplementBy: '2026-02-05' });
    const change = (body: object, ifMatch = '*') =>
      ana.api('PATCH /incidents/{id}', { params: { id: made.id }, body, headers: { 'if-match': ifMatch } });
    const report = { nature: 'Perda do aparelho', clients: 12, risks: 'Nenhum', measures: 'Sessão encerrada' };
    const after = (await change({ report, authorityToldOn: '2026-01-07' })).body;
    expect(after).toMatchObject({ report, authorityToldOn: '2026-01-07', deadlines: { supplementBy: '2026-02-04' } });
    await expect(change({ report: {} }, '"1"')).rejects.toMatchObject({ status: 412 });
    await expect(change({ knownOn: '2099-01-01' })).rejects.toMatchObject({ status: 422 });
    await expect(change({ accountId: null })).rejects.toMatchObject({
      problem: { errors: [{ path: 'accountId', code: 'incident_subject' }] },
    });
    await ana.api('PATCH /privacy-settings', { body: { smallAgent: true }, headers: { 'if-match': '*' } });
    const small = (await ana.api('GET /incidents/{id}', { params: { id: made.id } })).body;
    expect(small.deadlines).toMatchObject({ businessDays: 6, tellBy: '2026-01-13' });
    expect(small).toMatchObject({ report, description: 'Celular perdido' });
    const { items } = (await ana.api('GET /audit', { query: { recordId: made.id } })).body;
    expect(items.map(({ action }) => action)).toEqual(['incident_read', 'incident_changed', 'incident_registered']);
    expect(items[1]?.details.changes).toEqual([{ field: 'authorityToldOn', from: null, to: '2026-01-07' }]);
    expect(JSON.stringify(items)).not.toMatch(/Perda|Celular/);
  });

  it('needs an account, a device or an address, of this clinic, and an end after its start', async () => {
    const { ana, vera } = people;
    const codes = async (input: Partial<IncidentInput>): Promise<unknown> =>
      describeIncident(ana, input).catch(
        (error: unknown) => (error as { problem: { errors: { code: string }[] } }).problem.errors[0]?.code,
      );
    expect(await codes({})).toBe('incident_subject');
    expect(await codes({ accountId: vera.professionalId })).toBe('invalid_value');
    expect(await codes({ deviceId: vera.sessionId })).toBe('invalid_value');
    expect(await codes({ address: '10.0.0.1', to: began })).toBe('ends_before_start');
    expect(await codes({ address: '10.0.0' })).toBe('invalid_value');
  });

  it('is listed page by page, to its own clinic', async () => {
    const { ana, vera } = people;
    const all = (await ana.api('GET /incidents', { query: { limit: 200 } })).body;
    expect(all.total).toEqual({ value: all.items.length, relation: 'eq' });
    const first = (await ana.api('GET /incidents', { query: { limit: 2 } })).body;
    const next = (await ana.api('GET /incidents', { query: { limit: 2, cursor: first.nextCursor ?? '' } })).body;
    expect([...first.items, ...next.items]).toEqual(all.items.slice(0, 4));
    expect((await vera.api('GET /incidents')).body.items).toEqual([]);
  });

  it('is kept for five years, whoever asks, and deleted then', async () => {
    const { vera } = people;
    const [young, old] = [
      await describeIncident(vera, { accountId: vera.professionalId }),
      await describeIncident(vera, { accountId: vera.professionalId }),
    ];
    const admin = new pg.Client(server.database.adminUrl);
    await admin.connect();
    await admin.query(`update incidents set created_at = now() - interval '5 years 1 hour' where id = $1`, [old.id]);
    await expect(admin.query('delete from incidents where id = $1', [young.id])).rejects.toMatchObject({
      code: '42501',
    });
    await expect(admin.query('truncate incidents')).rejects.toMatchObject({ code: '42501' });
    await admin.end();
    expect(await server.db.system((tx) => outlivedIncidents(tx, 100))).toBe(1);
    const { items } = (await vera.api('GET /incidents')).body;
    expect(items.map(({ id }) => id)).toEqual([young.id]);
  });
});
