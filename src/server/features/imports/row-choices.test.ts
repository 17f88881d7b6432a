import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getClientByName, listAll, openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile, waitForImport } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { ImportRepeat } from '../../../shared/contracts/imports.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function repeat(person: SignedIn, id: string, body: Partial<ImportRepeat>) {
  const { body: job } = await person.api('POST /imports/{id}/repeat', { params: { id }, body });
  return waitForImport(person, job.id);
}

describe('choices about single rows', () => {
  it('names the person of a rejected row, and takes a row without its bad field when asked to', async () => {
    const { ana } = await openImportClinic(server);
    const file = ['nome;telefone;cpf', 'Rosa Lima;(11) 98765-4321;', 'Íris Melo;123;111.111.111-11', ';99;'].join('\n');
    const strict = await importFile(ana, file, { dryRun: 'true' });
    expect(strict).toMatchObject({ created: 1, rejected: 2, withoutBadFields: false, leftOut: 0 });
    expect(strict.problems.map(({ line, name, code }) => [line, name, code])).toEqual([
      [3, 'Íris Melo', 'invalid_phone'],
      [3, 'Íris Melo', 'invalid_cpf'],
      [4, null, 'invalid_phone'],
    ]);
    const lenient = await repeat(ana, strict.id, { withoutBadFields: true });
    expect(lenient).toMatchObject({ created: 2, rejected: 1, withoutBadFields: true, leftOut: 2 });
    expect(lenient.problems.map(({ line, code }) => [line, code])).toEqual([[4, 'required']]);
    expect(await getClientByName(ana, 'Íris')).toMatchObject({
      phone: null,
      document: null,
      extra: { telefone: '123', cpf: '111.111.111-11' },
    });
  });

  it('keeps apart rows that somebody says are other people, and counts whose name is overwritten', async () => {
    const { ana, bruno } = await openImportClinic(server);
    await bruno.api('POST /clients', {
      body: { firstName: 'Rosa', lastName: 'Lima', document: '52998224725', phone: '11987654321' },
    });
    await bruno.api('POST /clients', { body: { firstName: 'Caio', lastName: 'Melo', phone: '11987651111' } });
    const file = ['nome;sobrenome;cpf;telefone', 'Rosa Maria;Lima;529.982.247-25;', 'Caio;Melo;;11987651111'].join(
      '\n',
    );
    const check = await importFile(ana, file, { dryRun: 'true' });
    expect(check).toMatchObject({ created: 0, updated: 2, moved: 2, renamed: 1, apart: [] });
    const [first] = check.sample;
    expect(first?.line).toBe(2);

    const done = await repeat(ana, check.id, { apart: [2, 3] });
    expect(done).toMatchObject({ created: 1, updated: 0, renamed: 0, conflicts: 1, apart: [2, 3] });
    expect(done.problems.map(({ line, code, client }) => [line, code, client?.name])).toEqual([
      [2, 'same_document', 'Rosa Lima'],
    ]);
    const clients = await listAll(ana);
    expect(clients.map(({ firstName, phone, professionalId }) => [firstName, phone, professionalId])).toEqual([
      ['Caio', '+5511987651111', bruno.professionalId],
      ['Caio', '+5511987651111', ana.professionalId],
      ['Rosa', '+5511987654321', bruno.professionalId],
    ]);
  });

  it('lists the clients of one import, created or changed, searched and filtered as any list', async () => {
    const { ana } = await openImportClinic(server);
    await ana.api('POST /clients', { body: { firstName: 'Antes', phone: '11987650000' } });
    await ana.api('POST /clients', { body: { firstName: 'Vera', phone: '11987650001' } });
    const rows = [
      'nome;telefone;cidade;nascimento;etiquetas',
      'Vera;11987650001;Santos;;retorno',
      'Bia;11987650002;Santos;31/12/1980;',
      'Caio;11987650003;Itu;;',
    ];
    const { id: importId } = await importFile(ana, rows.join('\n'));
    const list = async (query: Record<string, string>) => {
      const { body } = await ana.api('GET /clients', { query: { importId, ...query } });
      return { names: body.items.map(({ firstName }) => firstName), total: body.total.value, next: body.nextCursor };
    };
    expect(await list({})).toEqual({ names: ['Bia', 'Caio', 'Vera'], total: 3, next: null });
    expect(await list({ q: 'cai' })).toMatchObject({ names: ['Caio'], total: 1 });
    expect(await list({ q: 'antes' })).toMatchObject({ names: [], total: 0 });
    expect(await list({ q: 'santos' })).toMatchObject({ names: ['Bia', 'Vera'], total: 2 });
    expect(await list({ q: 'vera santos' })).toMatchObject({ names: ['Vera'], total: 1 });
    expect(await list({ q: 'retorno' })).toMatchObject({ names: ['Vera'], total: 1 });
    expect(await list({ q: '31/12/80' })).toMatchObject({ names: ['Bia'], total: 1 });
    expect(await list({ q: 'caito' })).toMatchObject({ names: ['Caio'] });
    expect(await list({ q: '.' })).toMatchObject({ names: [], total: 0 });
    expect(await list({ city: 'Santos', sort: '-createdAt' })).toMatchObject({ names: ['Bia', 'Vera'], total: 2 });
    const page = await list({ limit: '2' });
    expect(page).toMatchObject({ names: ['Bia', 'Caio'], total: 3 });
    expect(await list({ limit: '2', cursor: page.next ?? '' })).toMatchObject({
      names: ['Vera'],
      total: 3,
      next: null,
    });
    const newest = await list({ limit: '2', sort: '-createdAt' });
    expect(newest.names).toEqual(['Caio', 'Bia']);
    expect(await list({ sort: '-createdAt', cursor: newest.next ?? '' })).toMatchObject({ names: ['Vera'] });
    expect(await list({ sort: 'createdAt' })).toMatchObject({ names: ['Vera', 'Bia', 'Caio'] });
    expect(await list({ sort: '-name' })).toMatchObject({ names: ['Vera', 'Caio', 'Bia'] });
    const other = await openImportClinic(server);
    const { body } = await other.ana.api('GET /clients', { query: { importId } });
    expect(body).toMatchObject({ items: [], total: { value: 0 } });
  });
});
