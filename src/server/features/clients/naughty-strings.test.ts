import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { naughtyStrings } from '../../../../tests/support/naughty-strings.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { ApiError } from '../../../shared/api-client.ts';
import type { Client, ClientInput } from '../../../shared/contracts/clients.ts';
import { sql } from '../../db/sql.ts';

/** Every field of a client that accepts any text, such as `address.city`. */
const textFields = [
  ...['firstName', 'lastName', 'socialName', 'email', 'rg', 'sex', 'maritalStatus', 'nationality', 'profession'],
  ...['address.street', 'address.number', 'address.complement', 'address.neighborhood', 'address.city'],
  ...['guardian.name', 'healthInsurance.plan', 'healthInsurance.number', 'tags.0', 'notes', 'extra.campo'],
];

/** Fields whose text has to follow a format. */
const shapedFields = [
  ...['phone', 'secondaryPhone', 'document', 'dateOfBirth', 'address.postalCode', 'address.state'],
  ...['guardian.phone', 'guardian.document'],
];

function bodyOf(fields: readonly string[], text: string): ClientInput {
  const body: Record<string, unknown> = { firstName: 'Levada' };
  for (const field of fields) {
    const [outer = '', inner] = field.split('.');
    if (inner === undefined) body[outer] = text;
    else if (inner === '0') body[outer] = [text];
    else body[outer] = { ...(body[outer] as object | undefined), [inner]: text };
  }
  return body as unknown as ClientInput;
}

const valueAt = (client: Client, field: string): unknown =>
  field.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], client);

// What nobody can see: spaces, joiners, fillers.
const isEmpty = (text: string): boolean => /^[\s\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]*$/u.test(text);

/** What a field holds of a text that it takes. A field that shows nothing is empty; imported columns are kept as they are. */
const storedOf = (field: string, text: string): string | null =>
  isEmpty(text) && field !== 'extra.campo' ? null : text;

describe('naughty strings', () => {
  let server: TestServer;
  let ana: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('levada.test');
    ana = await server.signIn('ana@levada.test');
  });
  afterAll(() => server.stop());

  const create = async (body: ClientInput) => (await ana.api('POST /clients', { body })).body;
  const patch = async (id: string, body: ClientInput) =>
    (await ana.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body })).body;

  /** The fields for which a request was refused; empty when it succeeded. */
  async function refusedFields(call: Promise<unknown>): Promise<string[]> {
    try {
      await call;
      return [];
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      expect(error.problem).toMatchObject({ status: 422, code: 'invalid_request' });
      return [...new Set((error.problem.errors ?? []).map(({ path }) => path))].sort();
    }
  }

  /** The fields that accept a text. An answer lists at most twenty errors, so the other fields are sent again. */
  async function takenFields(fields: readonly string[], text: string, id: string): Promise<readonly string[]> {
    const refused = await refusedFields(create(bodyOf(fields, text)));
    expect(await refusedFields(patch(id, bodyOf(fields, text)))).toEqual(refused);
    const taken = fields.filter((field) => !refused.includes(field));
    return refused.length === 0 ? taken : takenFields(taken, text, id);
  }

  /** Whether two texts are one tag, which is stored as the clinic spells it. */
  async function areOneTag(one: unknown, other: string): Promise<boolean> {
    const same = sql<{ same: boolean }>`select app.tag_key(${one}::text) = app.tag_key(${other}) as same`;
    const [row] = await server.db.system((tx) => tx.run(same));
    return row?.same === true;
  }

  it.each(naughtyStrings)('%s: stored exactly, or refused, in every text field', async (_, text) => {
    const { id } = await create({ firstName: 'Levada' });
    const taken = await takenFields(textFields, text, id);
    // E-mail has a format; notes accept any text, long or with several lines. U+FFFD stands for lost characters.
    // oxlint-disable-next-line no-control-regex -- these are the characters meant
    const storable = text.isWellFormed() && text.length <= 20_000 && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]/.test(text);
    expect(taken.includes('notes')).toBe(storable);

    const exact = taken.filter((field) => field !== 'tags.0');
    const created = await create(bodyOf(taken, text));
    for (const client of [
      created,
      (await ana.api('GET /clients/{id}', { params: { id: created.id } })).body,
      await patch(id, bodyOf(taken, text)),
    ]) {
      expect(exact.map((field) => [field, valueAt(client, field)])).toEqual(
        exact.map((field) => [field, storedOf(field, text)]),
      );
      if (taken.includes('tags.0')) expect(await areOneTag(client.tags[0], text)).toBe(true);
    }
  });

  it.each(naughtyStrings)('%s: refused where a form is asked for, or nothing', async (_, text) => {
    const refused = isEmpty(text) ? [] : [...shapedFields].sort();
    expect(await refusedFields(create(bodyOf(shapedFields, text)))).toEqual(refused);
  });

  it.each(naughtyStrings)('%s: stored exactly, or refused, as the name of an imported column', async (_, text) => {
    // JSON.stringify writes __proto__ like any other key; a body with it is refused as a whole.
    if (text === '__proto__') return;
    const extra = Object.fromEntries([[text, 'valor']]);
    const refused = await refusedFields(create({ firstName: 'Levada', extra }));
    if (refused.length === 0) expect((await create({ firstName: 'Levada', extra })).extra).toEqual(extra);
  });

  it.each(naughtyStrings)('%s: searched for, filtered by and asked for without harm', async (_, text) => {
    const ask = async (path: string, query: Record<string, string>): Promise<number> => {
      const response = await fetch(`${server.address}/api/v1/clients${path}?${String(new URLSearchParams(query))}`, {
        headers: { authorization: `Bearer ${ana.accessToken}` },
      });
      return response.status;
    };
    expect([200, 422, 431]).toContain(await ask('', { q: text }));
    expect([200, 422, 431]).toContain(await ask('', { city: text, tag: text }));
    expect([422, 431]).toContain(await ask('', { cursor: text, professionalId: text }));
    expect([404, 414, 431]).toContain(await ask(`/${encodeURIComponent(text.toWellFormed())}`, {}));
  });

  it('left nothing of it in the log, and no error of ours', () => {
    const log = server.logs.join('');
    expect(log).not.toContain('Levada');
    expect(log).not.toContain('"level":50');
    expect(log).not.toContain('drop table');
  });
});
