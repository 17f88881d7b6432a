import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile, undoImport } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { ApiError } from '../../../shared/api-client.ts';
import { sql } from '../../db/sql.ts';

/** Imported columns of a given number of bytes. */
const columns = (prefix: string, bytes: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: Math.ceil(bytes / 4000) }, (_, n) => [`${prefix} ${String(n)}`, 'x'.repeat(4000)]),
  );

describe('what one record may hold', () => {
  let server: TestServer;
  let bruno: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('limites.test');
    bruno = await server.signIn('bruno@limites.test');
  });
  afterAll(() => server.stop());

  const problemOf = async (call: Promise<unknown>) => {
    const error: unknown = await call.catch((reason: unknown) => reason);
    return error instanceof ApiError ? error.problem : undefined;
  };
  const refusal = {
    status: 422,
    errors: [{ path: 'extra', code: 'too_much_extra', message: expect.stringContaining('64 KB') as string }],
  };
  const register = async (body: {
    firstName: string;
    phone?: string;
    extra?: Record<string, string>;
    tags?: string[];
  }) => (await bruno.api('POST /clients', { body })).body.id;
  const change = (id: string, extra: Record<string, string | null> | null) =>
    bruno.api('PATCH /clients/{id}', { params: { id }, headers: { 'if-match': '*' }, body: { extra } });
  const newest = async (id: string) =>
    (await bruno.api('GET /clients/{id}/history', { params: { id }, query: { limit: 1 } })).body.items[0];

  it('refuses imported columns beyond 64 KB or 512, at once or little by little, and keeps what was there', async () => {
    expect(await problemOf(register({ firstName: 'Larga', extra: columns('c', 70_000) }))).toMatchObject(refusal);
    const many = Object.fromEntries(Array.from({ length: 513 }, (_, n) => [String(n), '']));
    expect(await problemOf(register({ firstName: 'Muitas', extra: many }))).toMatchObject(refusal);
    const id = await register({ firstName: 'Aos poucos', extra: columns('a', 36_000) });
    expect(await problemOf(change(id, columns('b', 36_000)))).toMatchObject(refusal);
    const { body } = await bruno.api('GET /clients/{id}', { params: { id } });
    expect(Object.keys(body.extra ?? {})).toHaveLength(9);
    // Replacing one by another fits.
    await change(id, {
      ...columns('b', 24_000),
      ...Object.fromEntries(Object.keys(columns('a', 24_000)).map((key) => [key, null])),
    });
  });

  it('keeps of a change only the columns that changed', async () => {
    const id = await register({ firstName: 'Curta', extra: { ...columns('a', 40_000), cor: 'azul' } });
    await change(id, { cor: 'verde', novo: 'sim' });
    expect((await newest(id))?.changes).toEqual([
      { field: 'extra', from: { cor: 'azul' }, to: { cor: 'verde', novo: 'sim' } },
    ]);
    await change(id, { novo: null });
    expect((await newest(id))?.changes).toEqual([{ field: 'extra', from: { novo: 'sim' }, to: null }]);
    const [size] = await server.db.system((tx) =>
      tx.run<{ bytes: number }>(
        sql<{
          bytes: number;
        }>`select sum(octet_length(changes::text))::integer as bytes from client_versions where client_id = ${id}`,
      ),
    );
    expect(size?.bytes).toBeLessThan(500);
  });

  it('refuses to merge two records into one that is too long; both stay as they are', async () => {
    const [winnerId, loserId] = [
      await register({ firstName: 'Uma', extra: columns('a', 36_000) }),
      await register({ firstName: 'Uma', extra: columns('b', 36_000) }),
    ];
    const merge = () =>
      bruno.api('POST /duplicates/merge', { body: { winnerId, loserId, winnerEtag: '*', loserEtag: '*', fields: {} } });
    expect(await problemOf(merge())).toMatchObject(refusal);
    await change(loserId, {
      ...Object.fromEntries(Object.keys(columns('b', 36_000)).map((key) => [key, null])),
      cor: 'azul',
    });
    const { body } = await merge();
    expect(body.client.extra).toMatchObject({ cor: 'azul' });
    // Undoing the merge restores the columns; what was changed in the meantime stays.
    await change(winnerId, { outro: 'meu' });
    const undone = await bruno.api('POST /duplicates/merges/{id}/undo', { params: { id: body.merge.id } });
    expect(undone.body.kept).toEqual([]);
    expect(undone.body.winner.extra).toEqual({ ...columns('a', 36_000), outro: 'meu' });
  });

  it('refuses to take back a merge that would make a record too long again', async () => {
    const winnerId = await register({ firstName: 'Encolhida', extra: columns('a', 36_000) });
    const loserId = await register({ firstName: 'Encolhida', extra: { cor: 'azul' } });
    const { body } = await bruno.api('POST /duplicates/merge', {
      body: { winnerId, loserId, winnerEtag: '*', loserEtag: '*', fields: {} },
    });
    const taken = JSON.stringify([{ field: 'extra', from: columns('b', 1_100_000), to: { cor: 'azul' } }]);
    // Simulates a merge by an earlier release: today's merges do not write such versions.
    await server.db.system(async (tx) => {
      await tx.run(sql`alter table client_versions disable trigger user`);
      await tx.run(
        sql`update client_versions set changes = ${taken}::jsonb where client_id = ${winnerId} and action = 'merge'`,
      );
      await tx.run(sql`alter table client_versions enable trigger user`);
    });
    const undo = bruno.api('POST /duplicates/merges/{id}/undo', { params: { id: body.merge.id } });
    expect(await problemOf(undo)).toMatchObject(refusal);
    const { body: winner } = await bruno.api('GET /clients/{id}', { params: { id: winnerId } });
    expect(winner.extra).toMatchObject({ cor: 'azul' });
  });

  it('tells of rows of a file with more than fits, and takes the others', async () => {
    const wide = (prefix: string, width: number) => Array.from({ length: width }, (_, n) => `${prefix} ${String(n)}`);
    const file = (row: readonly string[], prefix: string, width: number) =>
      [
        ['nome', 'telefone', ...wide(prefix, width)].join(','),
        row.join(','),
        `Simples,119876${prefix === 'a' ? '60001' : '60002'}${','.repeat(width)}`,
      ].join('\n');
    const cells = (width: number) => Array.from({ length: width }, () => 'y'.repeat(4000));
    const refused = await importFile(bruno, file(['Grande', '11987660003', ...cells(18)], 'a', 18));
    expect(refused).toMatchObject({ created: 1, rejected: 1, problems: [{ line: 2, code: 'too_much_extra' }] });
    const first = await importFile(bruno, file(['Grande', '11987660003', ...cells(9)], 'a', 9));
    expect(first).toMatchObject({ created: 1, unchanged: 1, rejected: 0 });
    const second = await importFile(bruno, file(['Grande', '11987660003', ...cells(9)], 'b', 9));
    expect(second).toMatchObject({ conflicts: 1, problems: [{ line: 2, code: 'too_much_extra' }] });
    const tags = (from: number) => Array.from({ length: 15 }, (_, n) => `t${String(n + from)}`).join('|');
    await importFile(bruno, `nome,telefone,etiquetas\nTina,11987660004,${tags(0)}\n`);
    expect(await importFile(bruno, `nome,telefone,etiquetas\nTina,11987660004,${tags(15)}\n`)).toMatchObject({
      conflicts: 1,
      problems: [{ line: 2, code: 'too_many_tags' }],
    });
  });

  it('takes back what an import wrote into some columns, and leaves those that others wrote', async () => {
    const id = await register({ firstName: 'Íris', phone: '11987660005', extra: { cor: 'azul' } });
    const job = await importFile(bruno, 'nome,telefone,cor,sapato\nÍris,11987660005,verde,36\n');
    expect(job).toMatchObject({
      updated: 1,
      sample: [{ changes: [{ field: 'extra', from: { cor: 'azul' }, to: { cor: 'verde', sapato: '36' } }] }],
    });
    await change(id, { outro: 'meu' });
    expect(await undoImport(bruno, job.id)).toMatchObject({ undo: { restored: 1, kept: 0 } });
    const { body } = await bruno.api('GET /clients/{id}', { params: { id } });
    expect(body.extra).toEqual({ cor: 'azul', outro: 'meu' });
  });

  it('is refused by the database as well, whoever writes', async () => {
    const id = await register({ firstName: 'Base' });
    const write = server.db.system((tx) =>
      tx.run(sql`update clients set extra = jsonb_build_object('a', repeat('x', 1048577)) where id = ${id}`),
    );
    await expect(write).rejects.toMatchObject({ constraint: 'clients_extra_size_check' });
  });
});
