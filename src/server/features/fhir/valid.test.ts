import { afterAll, beforeAll, expect, it } from 'vitest';
import { naughtyStrings } from '../../../../tests/support/naughty-strings.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { qb } from '../../db/query-builder.ts';
import type { Resource } from './resources.ts';
import { openSchema } from './testing/schema.ts';

interface Bundle {
  readonly total?: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly { readonly fullUrl: string; readonly resource: Resource }[];
}

/** The odd texts that PostgreSQL can hold. */
const odd = naughtyStrings.map(([, text]) => text).filter((text) => text.isWellFormed() && !text.includes('\0'));
const text = (place: number): string => odd[place % odd.length] ?? '';
const pick = <Value>(values: readonly Value[], place: number): Value => values[place % values.length] as Value;

const zones = [
  'America/Sao_Paulo',
  'America/Noronha',
  'Asia/Kathmandu',
  'Africa/Monrovia',
  'UTC',
  'Pacific/Kiritimati',
];
const sexes = ['F', 'masculino', 'mulher trans', '', null, '?', 'Não informado'];
const maritalStatuses = ['Casada', 'solteiro(a)', 'união estável', null, 'enrolado'];
const statuses = ['scheduled', 'confirmed', 'arrived', 'inProgress', 'done', 'noShow', 'canceled'];
const amounts = { Patient: 700, Practitioner: 60, Appointment: 260 };

let server: TestServer;
let ana: SignedIn;
const validate = openSchema();

/** Rows as they may be after years of imports: each text column another one of the odd texts. */
async function fill(clinicId: string): Promise<void> {
  const { professionalId } = ana;
  await server.db.system(async (tx) => {
    const clients = Array.from({ length: amounts.Patient - 1 }, (_, n) => ({
      ...{ clinic_id: clinicId, professional_id: professionalId, phone_shared: true, version: 1 + (n % 7) },
      ...{ first_name: text(n) || 'X', last_name: text(n + 1), social_name: n % 4 === 0 ? text(n + 2) : null },
      ...{ email: text(n + 3), phone: text(n + 4), secondary_phone: text(n + 5), rg: text(n + 6) },
      document: pick([String(n).padStart(11, '0'), String(n).padStart(14, '0'), null], n),
      date_of_birth: n % 5 === 0 ? null : new Date(Date.UTC(1, 0, 1 + n * 1000)).toISOString().slice(0, 10),
      ...{ sex: pick(sexes, n), marital_status: pick(maritalStatuses, n) },
      ...{ postal_code: text(n + 7), street: text(n + 8), street_number: text(n + 9), complement: text(n + 10) },
      ...{ neighborhood: text(n + 11), city: text(n + 12), state: text(n + 13) },
      ...{ guardian_name: text(n + 14), guardian_phone: text(n + 15) },
      ...{ insurance_plan: 'SUS', insurance_number: n % 4 === 0 ? '898 0000 0004 3208' : text(n + 16) },
      ...{ notes: 'CANÁRIO-CLÍNICO', updated_at: new Date(Date.UTC(2020, 0, 1, n)) },
      archived_at: n % 9 === 0 ? new Date() : null,
    }));
    const made = await tx.run(qb.insertInto('clients').values(clients).returning('id'));
    const people = Array.from({ length: amounts.Practitioner - 3 }, (_, n) => ({
      ...{ clinic_id: clinicId, email: `p${String(n)}@fhir.example`, role: 'professional' },
      ...{ first_name: text(n) || 'X', last_name: text(n + 40), deactivated_at: n % 3 === 0 ? new Date() : null },
      ...(n % 2 === 0 && {
        council_kind: n % 4 === 0 ? 'CRP' : 'other',
        council_number: text(n + 3),
        council_state: 'SP',
      }),
      specialty: text(n + 7),
    }));
    await tx.run(qb.insertInto('professionals').values(people));
    const appointments = Array.from({ length: amounts.Appointment }, (_, n) => {
      // Monrovia's offset was -00:44:30 until 1972, which FHIR cannot write.
      const start = new Date(n % 11 === 0 ? Date.UTC(1960, 0, 1 + n) : Date.UTC(2026, 0, 1, 0, n * 131));
      return {
        ...{
          clinic_id: clinicId,
          client_id: pick(made, n).id,
          professional_id: professionalId,
          visit_type: 'consulta',
        },
        ...{ title: text(n), start_at: start, end_at: new Date(start.getTime() + (1 + (n % 90)) * 60_000) },
        ...{ local_start: start.toISOString().slice(0, 19), time_zone: pick(zones, n), status: pick(statuses, n) },
        ...{ cancel_reason: 'CANÁRIO-MOTIVO', cancel_asked_by: pick(['client', 'clinic', null], n) },
        ...{ notes: 'CANÁRIO-CLÍNICO', location: 'CANÁRIO-LOCAL', overlap_reason: 'encaixe' },
      };
    });
    await tx.run(qb.insertInto('appointments').values(appointments));
  });
}

beforeAll(async () => {
  server = await startTestServer();
  for (const domain of ['fhir.example', 'outra-fhir.example']) await server.createClinic(domain);
  ana = await server.signIn('ana@fhir.example');
  const vera = await server.signIn('ana@outra-fhir.example');
  await vera.api('POST /clients', { body: { firstName: 'De outra clínica' } });
  await ana.api('POST /clients', { body: { firstName: 'Inês', document: '52998224725' } });
  await fill((await ana.api('GET /me')).body.clinic.id);
});
afterAll(() => server.stop());

const get = (url: string) => fetch(url, { headers: { authorization: `Bearer ${ana.accessToken}` } });

/** Reads all pages of a search by their links. */
async function readAll(path: string): Promise<Resource[]> {
  const resources: Resource[] = [];
  for (let url: string | undefined = `${server.address}/fhir/${path}`; url !== undefined;) {
    const bundle = (await (await get(url)).json()) as Bundle;
    expect(validate(bundle)).toEqual([]);
    resources.push(...(bundle.entry ?? []).map(({ resource }) => resource));
    url = bundle.link.find(({ relation }) => relation === 'next')?.url;
  }
  return resources;
}

it('is valid by the specification’s JSON schema: a thousand resources with all kinds of odd data', async () => {
  let valid = 0;
  for (const [type, amount] of Object.entries(amounts)) {
    const resources = await readAll(`${type}?_count=90`);
    expect([type, resources.length, new Set(resources.map(({ id }) => id)).size]).toEqual([type, amount, amount]);
    for (const resource of resources) {
      expect([resource.id, validate(resource)]).toEqual([resource.id, []]);
      valid += 1;
    }
    expect(JSON.stringify(resources)).not.toMatch(/CANÁRIO|De outra clínica/);
  }
  expect(valid).toBe(1020);
});

it('is not simply valid: the schema finds what is wrong', () => {
  expect(validate({ resourceType: 'Patient', gender: 'F' })).not.toEqual([]);
  expect(validate({ resourceType: 'Patient', birthDate: '2026-1-1' })).not.toEqual([]);
  expect(validate({ resourceType: 'Patient', name: [{ text: 'a\u00a0b' }] })).not.toEqual([]);
  expect(validate({ resourceType: 'Appointment', status: 'booked' })).not.toEqual([]);
});

it('says what it can do, and answers errors, in valid resources', async () => {
  const metadata = await fetch(`${server.address}/fhir/metadata`);
  expect(metadata.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
  const capability = (await metadata.json()) as Record<string, unknown>;
  expect(validate(capability)).toEqual([]);
  expect(capability).toMatchObject({ fhirVersion: '4.0.1', kind: 'instance' });
  const refused = await get(`${server.address}/fhir/Patient?birthdate=2026-02-30&nome=x`);
  expect(refused.status).toBe(400);
  const outcome: unknown = await refused.json();
  expect(validate(outcome)).toEqual([]);
  expect(outcome).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid' }] });
});

it('writes times with the offset of the clinic’s zone', async () => {
  const appointments = await readAll('Appointment?date=ge2026');
  const start = (offset: string) => appointments.filter((each) => String(each['start']).endsWith(offset)).length;
  for (const offset of ['-03:00', '-02:00', '+05:45', '+14:00'])
    expect([offset, start(offset) > 0]).toEqual([offset, true]);
  const old = await readAll('Appointment?date=lt1961-12-31');
  expect(old.map((each) => String(each['start'])).some((time) => time.endsWith('.000Z'))).toBe(true);
});
