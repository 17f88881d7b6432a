import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../../tests/support/import-file.ts';
import { importFields } from '../../../shared/client-fields.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';

describe('the list to fill in', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it.each(['csv', 'xlsx'])('has a heading for every field, and comes in as it is (%s)', async (format) => {
    await server.createClinic(`modelo-${format}.test`);
    const ana = await server.signIn(`ana@modelo-${format}.test`);
    const answer = await fetch(`${server.address}/api/v1/imports/template.${format}`, {
      headers: { authorization: `Bearer ${ana.accessToken}` },
    });
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="modelo-clientes.${format}"`);
    const job = await importFile(ana, new Uint8Array(await answer.arrayBuffer()));
    expect(job.columns.map(({ meaning }) => meaning).toSorted()).toEqual([...importFields].sort());
    expect(job).toMatchObject({ status: 'done', created: 1, rejected: 0, conflicts: 0, leftOut: 0 });
    const { body } = await ana.api('GET /clients');
    expect(body.items[0]).toMatchObject({
      firstName: 'Maria',
      lastName: 'Exemplo da Silva',
      phone: '+5511987654321',
      dateOfBirth: '1985-12-31',
      tags: ['preferencial', 'indicação'],
      city: 'São Paulo',
    });
  });
});
