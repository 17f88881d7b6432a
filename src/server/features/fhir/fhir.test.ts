import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerClient } from '../../../../tests/support/agenda.ts';
import { insertAppointment } from '../../../../tests/support/planned-appointments.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { qb } from '../../db/query-builder.ts';

let server: TestServer;
let ana: SignedIn;
let bruno: SignedIn;
let carla: SignedIn;
let vera: SignedIn;
let olga: SignedIn;
/** Ids of clients by their first name. */
const ids: Record<string, string> = {};
let appointmentId: string;

beforeAll(async () => {
  server = await startTestServer();
  for (const domain of ['busca.example', 'alheia.example']) await server.createClinic(domain);
  const sign = (email: string) => server.signIn(email);
  [ana, bruno, carla] = [
    await sign('ana@busca.example'),
    await sign('bruno@busca.example'),
    await sign('carla@busca.example'),
  ];
  vera = await sign('ana@alheia.example');
  const clinicId = (await ana.api('GET /me')).body.clinic.id;
  const auditor = { clinic_id: clinicId, email: 'olga@busca.example', first_name: 'Olga', role: 'auditor' };
  await server.db.system((tx) => tx.run(qb.insertInto('professionals').values(auditor)));
  olga = await sign('olga@busca.example');
  const add = async (firstName: string, professionalId: string, values: object) => {
    ids[firstName] = await registerClient(ana, professionalId, { firstName, ...values });
  };
  await add('João', ana.professionalId, {
    lastName: 'Conceição',
    document: '529.982.247-25',
    dateOfBirth: '1980-02-29',
    notes: 'SEGREDO',
  });
  await add('Zélia', bruno.professionalId, {
    ...{ lastName: "D'Ávila", socialName: 'Zé', dateOfBirth: '1990-12-31', phone: '11987650001', rg: 'MG-1.234' },
    healthInsurance: { plan: 'SUS', number: '898000000043208' },
  });
  await add('Vazia', ana.professionalId, {});
  appointmentId = await insertAppointment(server, ana, {
    inMinutes: 60,
    client_id: ids['João'] ?? '',
    status: 'confirmed',
    notes: 'SEGREDO',
  });
  await insertAppointment(server, ana, { inMinutes: -3000, client_id: ids['Vazia'] ?? '', status: 'noShow' });
});
afterAll(() => server.stop());

const send = (path: string, who: SignedIn | undefined, headers: Record<string, string> = {}) =>
  fetch(`${server.address}/fhir/${path}`, {
    headers: { ...(who === undefined ? {} : { authorization: `Bearer ${who.accessToken}` }), ...headers },
  });

interface Found {
  readonly entry?: readonly {
    readonly resource: { readonly id: string; readonly name?: readonly { text?: string }[] };
  }[];
  readonly total?: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
}

const search = async (path: string, who = ana): Promise<Found> => (await (await send(path, who)).json()) as Found;

/** The first names of the clients that a search finds. */
async function names(query: Record<string, string> | [string, string][], who = ana): Promise<string[]> {
  const found = await search(`Patient?${new URLSearchParams(query).toString()}`, who);
  const known = Object.entries(ids);
  return (found.entry ?? [])
    .map(({ resource }) => known.find(([, id]) => id === resource.id)?.[0] ?? resource.id)
    .sort();
}

describe('a patient', () => {
  it('has registration data, with a version, and nothing clinical; reading it is in the trail', async () => {
    const response = await send(`Patient/${ids['João'] ?? ''}`, ana);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: 'W/"1"',
      'cache-control': 'no-store',
      'content-type': 'application/fhir+json; charset=utf-8',
    });
    const patient: unknown = await response.json();
    expect(patient).toMatchObject({
      resourceType: 'Patient',
      meta: { versionId: '1', lastUpdated: expect.stringMatching(/Z$/) as string },
      identifier: [{ use: 'official', system: 'https://saude.gov.br/fhir/sid/cpf', value: '52998224725' }],
      active: true,
      name: [{ use: 'official', text: 'João Conceição', family: 'Conceição', given: ['João'] }],
      birthDate: '1980-02-29',
      generalPractitioner: [{ reference: `Practitioner/${ana.professionalId}` }],
    });
    expect(JSON.stringify(patient)).not.toContain('SEGREDO');
    expect((await send(`Patient/${ids['João'] ?? ''}`, ana, { 'if-none-match': 'W/"1"' })).status).toBe(304);
    expect((await send(`Patient/${ids['João'] ?? ''}`, ana, { 'if-none-match': 'W/"11"' })).status).toBe(200);
    const { items } = (await ana.api('GET /audit', { query: { recordId: ids['João'] ?? '', action: 'client_read' } }))
      .body;
    expect(items.length).toBeGreaterThan(0);
  });

  it('has a CNS where the insurance number is one, and the social name as the usual one', async () => {
    expect(await (await send(`Patient/${ids['Zélia'] ?? ''}`, ana)).json()).toMatchObject({
      identifier: [
        { system: 'https://saude.gov.br/fhir/sid/cns', value: '898000000043208' },
        { type: { text: 'RG' }, value: 'MG-1.234' },
      ],
      name: [{ use: 'official' }, { use: 'usual', given: ['Zé'] }],
      telecom: [{ system: 'phone', value: '+5511987650001', rank: 1 }],
    });
  });

  it('is found by identifier, in any spelling of the system, by name and by date of birth', async () => {
    const cpf = 'https://saude.gov.br/fhir/sid/cpf';
    expect(await names({ identifier: `${cpf}|52998224725` })).toEqual(['João']);
    expect(await names({ identifier: 'http://rnds-fhir.saude.gov.br/NamingSystem/cpf|529.982.247-25' })).toEqual([
      'João',
    ]);
    expect(await names({ identifier: '52998224725' })).toEqual(['João']);
    expect(await names({ identifier: `${cpf}|` })).toEqual(['João']);
    expect(await names({ identifier: 'https://saude.gov.br/fhir/sid/cns|898000000043208' })).toEqual(['Zélia']);
    expect(await names({ identifier: `${cpf}|898000000043208` })).toEqual([]);
    expect(await names({ identifier: '|MG-1.234' })).toEqual(['Zélia']);
    expect(await names({ identifier: 'urn:outro|52998224725' })).toEqual([]);
    expect(await names({ name: 'joao' })).toEqual(['João']);
    expect(await names({ name: 'CONCEI' })).toEqual(['João']);
    expect(await names({ name: 'onceição' })).toEqual([]);
    expect(await names({ name: '%' })).toEqual([]);
    expect(await names({ name: 'joao,zelia' })).toEqual(['João', 'Zélia']);
    expect(
      await names([
        ['name', 'joao'],
        ['name', 'zelia'],
      ]),
    ).toEqual([]);
    expect(await names({ birthdate: '1980-02-29' })).toEqual(['João']);
    expect(await names({ birthdate: '1980' })).toEqual(['João']);
    expect(await names({ birthdate: 'gt1980' })).toEqual(['Zélia']);
    expect(await names({ birthdate: 'ge1980-02-29' })).toEqual(['João', 'Zélia']);
    expect(await names({ birthdate: 'lt1990-12-31' })).toEqual(['João']);
    expect(await names({ birthdate: 'le1990-12' })).toEqual(['João', 'Zélia']);
    expect(
      await names([
        ['birthdate', 'ge1980-03'],
        ['birthdate', 'lt1991'],
      ]),
    ).toEqual(['Zélia']);
    expect(await names({ _id: ids['Vazia'] ?? '' })).toEqual(['Vazia']);
    expect(await names({ _lastUpdated: 'ge2026-01-01T00:00:00Z' })).toHaveLength(3);
    expect(await names({ _lastUpdated: 'lt2026-01-01' })).toEqual([]);
  });
});

describe('pages', () => {
  it('follow one another by opaque cursors, which belong to their search', async () => {
    const first = await search('Patient?_count=2');
    expect(first.entry).toHaveLength(2);
    expect(first.total).toBeUndefined();
    const next = first.link.find(({ relation }) => relation === 'next')?.url ?? '';
    expect(next).toMatch(/^http.*\/fhir\/Patient\?_count=2&cursor=[\w-]+$/);
    const second = (await (
      await fetch(next, { headers: { authorization: `Bearer ${ana.accessToken}` } })
    ).json()) as Found;
    expect(second.entry).toHaveLength(1);
    expect(second.link.map(({ relation }) => relation)).toEqual(['self']);
    const cursor = new URL(next).searchParams.get('cursor') ?? '';
    expect((await send(`Patient?name=joao&cursor=${cursor}`, ana)).status).toBe(400);
    expect((await send(`Appointment?cursor=${cursor}`, ana)).status).toBe(400);
    expect((await search('Patient?name=ninguem')).total).toBe(0);
  });
});

describe('an appointment', () => {
  it('is found by date, status, patient and practitioner, without notes', async () => {
    const found = async (query: string) =>
      ((await search(`Appointment?${query}`)).entry ?? []).map(({ resource }) => resource.id);
    expect(await found('status=booked')).toEqual([appointmentId]);
    expect(await found('status=noshow,cancelled')).toHaveLength(1);
    expect(await found('status=waitlist')).toEqual([]);
    expect(await found(`patient=Patient/${ids['João'] ?? ''}`)).toEqual([appointmentId]);
    expect(await found(`actor=Practitioner/${ana.professionalId}`)).toHaveLength(2);
    expect(await found(`practitioner=${bruno.professionalId}`)).toEqual([]);
    expect(await found(`date=gt${new Date().toISOString()}`)).toEqual([appointmentId]);
    const response = await send(`Appointment/${appointmentId}`, ana);
    const body: unknown = await response.json();
    expect(body).toMatchObject({
      resourceType: 'Appointment',
      status: 'booked',
      serviceType: [{ text: 'Consulta' }],
      start: expect.stringMatching(/-03:00$/) as string,
      minutesDuration: 50,
      participant: [
        { actor: { reference: `Patient/${ids['João'] ?? ''}`, display: 'João Conceição' }, status: 'accepted' },
        { actor: { reference: `Practitioner/${ana.professionalId}` }, status: 'accepted' },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('SEGREDO');
    const { items } = (await ana.api('GET /audit', { query: { recordId: appointmentId, action: 'appointment_read' } }))
      .body;
    expect(items).toHaveLength(1);
  });
});

describe('rights', () => {
  const status = async (path: string, who: SignedIn | undefined) => (await send(path, who)).status;

  it('are those of the API: own clients, registration for reception, nothing for auditors and strangers', async () => {
    const [joao, zelia] = [`Patient/${ids['João'] ?? ''}`, `Patient/${ids['Zélia'] ?? ''}`];
    expect(await names({}, bruno)).toEqual(['Zélia']);
    expect(await names({}, carla)).toEqual(['João', 'Vazia', 'Zélia']);
    expect([await status(joao, bruno), await status(zelia, bruno), await status(joao, carla)]).toEqual([404, 200, 200]);
    expect([await status(joao, vera), await status(`Patient/${appointmentId}`, ana)]).toEqual([404, 404]);
    expect(await (await send(joao, vera)).text()).toBe(await (await send(`Patient/${appointmentId}`, vera)).text());
    expect([await status('Appointment', bruno), await status(`Appointment/${appointmentId}`, bruno)]).toEqual([
      200, 404,
    ]);
    for (const path of ['Patient', joao, 'Practitioner', 'Appointment', `Appointment/${appointmentId}`])
      expect([path, await status(path, olga), await status(path, undefined)]).toEqual([path, 403, 401]);
    expect((await search('Practitioner', vera)).entry).toHaveLength(3);
    const council = { kind: 'CRP', number: '06/12345', state: 'SP' } as const;
    const params = { id: ana.professionalId };
    await ana.api('PATCH /professionals/{id}', { params, headers: { 'if-match': '*' }, body: { council } });
    expect(await (await send(`Practitioner/${ana.professionalId}`, carla)).json()).toMatchObject({
      identifier: [{ type: { text: 'CRP' }, value: '06/12345', assigner: { display: 'CRP SP' } }],
    });
    expect(await names({}, vera)).toEqual([]);
    const people = JSON.stringify([await search('Practitioner', ana), await search('Practitioner', bruno)]).split(
      '@busca.example',
    );
    expect(people.length - 1).toBe(4);
  });

  it('end with the session, and a cookie is no credential', async () => {
    const other = await server.signIn('bruno@busca.example');
    await other.api('DELETE /auth/sessions/current');
    const ended = await send('Patient', other);
    expect([ended.status, await ended.json()]).toMatchObject([
      401,
      { resourceType: 'OperationOutcome', issue: [{ code: 'login' }] },
    ]);
    const cookie = await send('Patient', undefined, { cookie: `acolhe_access=${ana.accessToken}` });
    expect([cookie.status, cookie.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('leave a trace where they refuse, and where somebody searches', async () => {
    await send('Patient', olga);
    await send(`Patient/${ids['João'] ?? ''}`, bruno);
    await expect
      .poll(async () => {
        const { items } = (await ana.api('GET /audit', { query: { action: 'access_denied', limit: 200 } })).body;
        return items.map(({ details, recordType }) => [details.operation, details.status, recordType]);
      })
      .toEqual(
        expect.arrayContaining([
          ['GET /fhir/Patient', 403, null],
          ['GET /fhir/Patient/{id}', 404, 'client'],
        ]),
      );
    const { items } = (await ana.api('GET /audit', { query: { action: 'fhir_searched', limit: 200 } })).body;
    expect(items.length).toBeGreaterThan(5);
    expect(JSON.stringify(items)).not.toMatch(/joao|52998224725/i);
  });
});

describe('what it does not know', () => {
  it('is refused: other parameters, types, formats and ids', async () => {
    const status = async (path: string, headers = {}) => (await send(path, ana, headers)).status;
    expect(await status('Patient?cpf=52998224725')).toBe(400);
    expect(await status('Patient?cpf=52998224725', { prefer: 'handling=lenient' })).toBe(200);
    expect(await status('Patient?name:exact=João')).toBe(400);
    expect(await status('Patient?birthdate=ap2000')).toBe(400);
    expect(await status('Patient?_count=0')).toBe(400);
    expect(await status('Patient?_count=99999')).toBe(200);
    expect(await status('Patient?_format=xml')).toBe(406);
    expect(await status('Patient', { accept: 'application/fhir+xml' })).toBe(406);
    expect(await status('Patient?name=%00')).toBe(400);
    expect(await status('Patient/1')).toBe(404);
    expect(await status('Observation')).toBe(404);
    const posted = await fetch(`${server.address}/fhir/Patient`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ana.accessToken}` },
    });
    expect(posted.status).toBe(404);
  });
});
