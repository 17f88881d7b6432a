import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { ApiError } from '../../../shared/api-client.ts';
import {
  type ClientField,
  definitionOf,
  type FieldKind,
  fieldNames,
  splitField,
} from '../../../shared/client-fields.ts';

describe('privacy of a client', () => {
  let server: TestServer;
  let ana: SignedIn;
  let carla: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('lgpd.test');
    ana = await server.signIn('ana@lgpd.test');
    carla = await server.signIn('carla@lgpd.test');
  });
  afterAll(() => server.stop());

  const problemOf = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof ApiError ? error.problem : undefined;
  };

  it('hands over everything that is kept, and writes that down', async () => {
    const { body } = await ana.api('POST /clients', { body: { firstName: 'Otávio', notes: 'Calo no pé esquerdo' } });
    const params = { id: body.id };
    await ana.api('PATCH /clients/{id}', { params, headers: { 'if-match': '"1"' }, body: { notes: 'Sem calo' } });
    const copy = await ana.api('GET /clients/{id}/data-export', { params });
    expect(copy.body).toMatchObject({
      clinic: { name: 'Clínica lgpd.test' },
      client: { firstName: 'Otávio', notes: 'Sem calo' },
    });
    expect(copy.body.history[0]?.changes).toEqual([{ field: 'notes', from: 'Calo no pé esquerdo', to: 'Sem calo' }]);
    expect(await problemOf(carla.api('GET /clients/{id}/data-export', { params }))).toMatchObject({ status: 403 });
  });

  it('anonymises only when the record need no longer be kept', async () => {
    const { body } = await ana.api('POST /clients', {
      body: { firstName: 'Úrsula', lastName: 'Falcão', phone: '11987650000', dateOfBirth: '1950-06-07', notes: 'x' },
    });
    const params = { id: body.id };
    await ana.api('PATCH /clients/{id}', { params, headers: { 'if-match': '"1"' }, body: { lastName: 'Leão' } });
    const refusal = await problemOf(ana.api('POST /clients/{id}/anonymize', { params }));
    expect(refusal).toMatchObject({ status: 409, code: 'retention_period' });
    expect(refusal?.['keepUntil']).toMatch(/^20\d\d-/);

    await agedBy21Years(server.database.adminUrl, body.id);
    expect(await problemOf(carla.api('POST /clients/{id}/anonymize', { params }))).toMatchObject({ status: 403 });
    const { body: gone } = await ana.api('POST /clients/{id}/anonymize', { params });
    expect(gone).toMatchObject({
      firstName: 'Cliente anonimizado',
      lastName: null,
      phone: null,
      dateOfBirth: '1950-01-01',
      notes: null,
    });
    expect(gone.archivedAt).not.toBeNull();
    const { body: history } = await ana.api('GET /clients/{id}/history', { params });
    expect(history.items.map(({ action, changes }) => [action, changes])).toEqual([
      ['anonymize', []],
      ['update', []],
      ['create', []],
    ]);
    expect((await ana.api('GET /clients', { query: { q: 'Falcão', status: 'archived' } })).body.items).toEqual([]);
    // A list would show the first day of the year as an exact age.
    const { body: archived } = await ana.api('GET /clients', { query: { status: 'archived' } });
    expect(archived.items).toMatchObject([{ id: body.id, dateOfBirth: null }]);
  });

  it('empties, replaces and keeps what the table of fields says, field by field', async () => {
    const before = { ...filledClient(), professionalId: ana.professionalId };
    const { body } = await ana.api('POST /clients', { body: before });
    expect(fieldNames.filter((field) => isEmpty(valueAt(body, field)))).toEqual([]);
    await agedBy21Years(server.database.adminUrl, body.id);
    const { body: after } = await ana.api('POST /clients/{id}/anonymize', { params: { id: body.id } });
    const outcomeOf = (field: ClientField): string => {
      const value = valueAt(after, field);
      if (isEmpty(value)) return 'emptied';
      return isDeepStrictEqual(value, valueAt(body, field)) ? 'kept' : 'replaced';
    };
    expect(fieldNames.map((field) => [field, outcomeOf(field)])).toEqual(
      fieldNames.map((field) => [field, definitionOf(field).anonymized ?? 'emptied']),
    );
  });
});

/** A value for each kind of field except the professional. */
const examples: Readonly<Record<Exclude<FieldKind, 'professional'>, unknown>> = {
  name: 'Olívia',
  line: 'Uma linha',
  text: 'Duas\nlinhas',
  email: 'olivia@paciente.test',
  phone: '+5511987650001',
  document: '52998224725',
  date: '1950-06-07',
  postalCode: '01310100',
  state: 'SP',
  tags: ['pé diabético'],
  columns: { Indicação: 'Rita' },
};

/** A request body with every field of a client except the professional. */
function filledClient(): { firstName: string } {
  const body: Record<string, unknown> = {};
  for (const field of fieldNames) {
    const { kind } = definitionOf(field);
    if (kind === 'professional') continue;
    const [outer, part] = splitField(field);
    body[outer] = part === undefined ? examples[kind] : { ...(body[outer] as object), [part]: examples[kind] };
  }
  return body as { firstName: string };
}

/** Reads a field of a response; null if its whole group is null. */
function valueAt(client: object, field: ClientField): unknown {
  const [outer, part] = splitField(field);
  const value = (client as Record<string, unknown>)[outer];
  return part === undefined ? value : ((value as Record<string, unknown> | null)?.[part] ?? null);
}

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** Moves a record into the past, which only the database's superuser can. */
async function agedBy21Years(adminUrl: string, id: string): Promise<void> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  await client.query(`set session_replication_role = replica`);
  await client.query(`update clients set created_at = created_at - interval '21 years' where id = $1`, [id]);
  await client.query(`update client_versions set at = at - interval '21 years' where client_id = $1`, [id]);
  await client.end();
}
