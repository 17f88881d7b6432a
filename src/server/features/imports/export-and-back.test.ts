import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, ClientInput } from '../../../shared/contracts/clients.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { importFile, undoImport } from '../../../../tests/support/import-file.ts';

describe('what is exported comes back without loss', () => {
  let server: TestServer;
  let ana: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    for (const domain of ['de.test', 'standard.test', 'excel.test', 'xlsx.test']) await server.createClinic(domain);
    ana = await server.signIn('ana@de.test');
    const people: ClientInput[] = [
      {
        firstName: '=1+1',
        lastName: "'=2",
        socialName: '@ela',
        email: 'a@exemplo.com.br',
        phone: '11987651000',
        notes: 'linha 1\nlinha "2"; fim, _x0041_ <b>&amp;</b>',
        tags: ['a;b'],
        extra: { Origem: '-1', 'Cor; favorita': 'azul\tclaro' },
        address: { street: "''+rua", city: 'São Paulo', state: 'SP', postalCode: '01310100' },
      },
      { firstName: 'Mãe', phone: '11987651001', tags: ['x|y', 'z,w'], dateOfBirth: '1960-02-29' },
      {
        firstName: 'Filho',
        phone: '11987651001',
        allowSharedPhone: true,
        guardian: { name: 'Mãe', phone: '11987651001' },
      },
      { firstName: ' Só nome ', document: '52998224725', tags: ['[um]'], notes: ' com espaços ' },
      { firstName: 'Ímpar', email: 'a@exemplo.com.br', healthInsurance: { plan: 'Plano “A”', number: '0001' } },
    ];
    for (const body of people) await ana.api('POST /clients', { body });
  });
  afterAll(() => server.stop());

  /** All clients with all fields, except those that depend on clinic and time. */
  async function contentsOf(person: SignedIn) {
    const { body } = await person.api('GET /clients', { query: { limit: 200 } });
    const whole = await Promise.all(
      body.items.map(async ({ id }) => (await person.api('GET /clients/{id}', { params: { id } })).body),
    );
    const own = new Set(['id', 'professionalId', 'createdAt', 'updatedAt']);
    const content = (client: Client) => Object.fromEntries(Object.entries(client).filter(([field]) => !own.has(field)));
    return whole.map(content).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }

  it.each([
    ['standard', 'export.csv', 'text/csv; charset=utf-8'],
    ['excel', 'export.csv?dialect=excel', 'text/csv; charset=utf-8'],
    ['xlsx', 'export.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('as %s', async (name, path, type) => {
    const answer = await fetch(`${server.address}/api/v1/clients/${path}`, {
      headers: { authorization: `Bearer ${ana.accessToken}` },
    });
    expect(answer.headers.get('content-type')).toBe(type);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (name === 'excel') expect(Buffer.from(bytes).toString('utf8')).toMatch(/^\ufefffirstName;lastName;/);
    const other = await server.signIn(`ana@${name}.test`);
    expect(await importFile(other, bytes)).toMatchObject({ status: 'done', created: 5, rejected: 0, conflicts: 0 });
    expect(await contentsOf(other)).toEqual(await contentsOf(ana));
    expect(await importFile(other, bytes)).toMatchObject({ created: 0, updated: 0, unchanged: 5 });
  });

  it('as a whole clinic: each client with their professional, and the archived ones archived', async () => {
    for (const domain of ['inteira.test', 'nova.test']) await server.createClinic(domain);
    const [boss, bruno] = [await server.signIn('ana@inteira.test'), await server.signIn('bruno@inteira.test')];
    const create = async (who: SignedIn, body: ClientInput) => (await who.api('POST /clients', { body })).body.id;
    const archive = (id: string) => boss.api('DELETE /clients/{id}', { params: { id }, headers: { 'if-match': '*' } });
    await create(boss, { firstName: 'De Ana', phone: '11987652001' });
    // Both were archived; one has the document of somebody who is active, the other nothing but a name.
    await archive(await create(bruno, { firstName: 'Rita', document: '52998224725', phone: '11987652002' }));
    await archive(await create(bruno, { firstName: 'Só Nome' }));
    await create(bruno, { firstName: 'Rita', lastName: 'Nova', document: '52998224725', phone: '11987652002' });
    const file = async (who: SignedIn) => {
      const answer = await fetch(`${server.address}/api/v1/clients/export.csv?status=all`, {
        headers: { authorization: `Bearer ${who.accessToken}` },
      });
      return answer.text();
    };
    const written = await file(boss);

    // In a new clinic whose people have the same addresses; here they cannot, so the file is given theirs.
    const next = await server.signIn('ana@nova.test');
    const moved = written.replaceAll('@inteira.test', '@nova.test');
    expect(await importFile(next, moved, { dryRun: 'true' })).toMatchObject({ created: 4, rejected: 0, conflicts: 0 });
    expect(await importFile(next, moved)).toMatchObject({ created: 4, rejected: 0, conflicts: 0 });
    expect(await file(next)).toBe(moved);
    const count = async (status: 'active' | 'archived') =>
      (await next.api('GET /clients', { query: { status } })).body.total.value;
    expect([await count('active'), await count('archived')]).toEqual([2, 2]);

    const again = await importFile(next, moved);
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
    const { body } = await next.api('GET /imports');
    const first = body.items.filter(({ created, dryRun }) => created === 4 && !dryRun);
    expect(await undoImport(next, first[0]?.id ?? '')).toMatchObject({ undo: { removed: 4, kept: 0 } });
    expect([await count('active'), await count('archived')]).toEqual([0, 0]);
  });

  it('only to oneself, where a professional brings somebody else’s file', async () => {
    await server.createClinic('colega.test');
    const [boss, bruno] = [await server.signIn('ana@colega.test'), await server.signIn('bruno@colega.test')];
    await boss.api('POST /clients', { body: { firstName: 'De Ana', phone: '11987653001' } });
    const { body } = await boss.api('GET /clients/export.csv', {});
    await boss.api('POST /clients/several', {
      body: { ids: (await boss.api('GET /clients')).body.items.map(({ id }) => id), change: { archive: true } },
    });
    expect(await importFile(bruno, String(body))).toMatchObject({ created: 1, professionalId: bruno.professionalId });
    const { body: listed } = await bruno.api('GET /clients');
    expect(listed.items.map(({ professionalId }) => professionalId)).toEqual([bruno.professionalId]);
  });
});
