import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAll, openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile } from '../../../../tests/support/import-file.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
const openClinic = () => openImportClinic(server);

describe('a professional who imports', () => {
  const colleagues = [
    'Zélia Prado;52998224725;11987650030;zelia@exemplo.com.br;01/01/1980',
    'Otto Prado;11144477735;;;',
    'Íris Prado;;11987650032;;',
    'Nuno Prado;;;nuno@exemplo.com.br;',
    'Vera Prado;;;;02/02/1990',
  ];
  const header = 'nome;cpf;telefone;email;nascimento';

  it('learns nothing of clients of colleagues from a dry run', async () => {
    const { ana, bruno } = await openClinic();
    await importFile(ana, [header, ...colleagues].join('\n'));
    const known = await importFile(bruno, [header, ...colleagues].join('\n'), { dryRun: 'true' });
    expect(known).toMatchObject({ status: 'done', created: 5, updated: 0, unchanged: 0, moved: 0, conflicts: 0 });
    expect(known).toMatchObject({ problems: [], sample: [] });
  });

  it('learns from the import itself what the form tells, no more', async () => {
    const { ana, bruno } = await openClinic();
    await importFile(ana, [header, ...colleagues].join('\n'));
    // The answer is the same whether or not the name is that of the document's or phone's owner.
    const strangers = ['Outra Gente;52998224725;;;', 'Mais Gente;;11987650032;;', 'Gente Nova;;;zelia@exemplo.com.br;'];
    const job = await importFile(bruno, [header, ...colleagues, ...strangers].join('\n'));
    expect(job.problems.map(({ line, column, code, client }) => [line, column, code, client])).toEqual([
      [2, 2, 'client_of_another', null],
      [3, 2, 'client_of_another', null],
      [4, 3, 'client_of_another', null],
      [7, 2, 'client_of_another', null],
      [8, 3, 'client_of_another', null],
    ]);
    expect(job).toMatchObject({ created: 3, updated: 0, moved: 0, conflicts: 5 });
    for (const body of [
      { firstName: 'Zélia', document: '52998224725' },
      { firstName: 'Íris', phone: '11987650032' },
    ])
      await expect(bruno.api('POST /clients', { body })).rejects.toMatchObject({ status: 409 });
    const email = { firstName: 'Zélia', email: 'zelia@exemplo.com.br' };
    expect((await bruno.api('POST /clients', { body: email })).status).toBe(201);
    expect((await listAll(ana)).filter(({ professionalId }) => professionalId === ana.professionalId)).toHaveLength(5);
  });

  it('works with what is theirs in a dry run as in the import', async () => {
    const { ana, bruno } = await openClinic();
    await importFile(ana, [header, ...colleagues].join('\n'));
    const mine = 'Rui Prado;39053344705;11987650040;;';
    await importFile(bruno, [header, mine].join('\n'));
    const file = [
      header,
      'Rui Prado;39053344705;11987650041;;',
      'Eva Prado;;11987650041;;',
      'Eva Prado;;11987650040;;',
    ].join('\n');
    const numbers = { created: 1, updated: 1, unchanged: 0, conflicts: 1 };
    expect(await importFile(bruno, file, { dryRun: 'true' })).toMatchObject(numbers);
    expect(await importFile(bruno, file)).toMatchObject(numbers);
  });
});
