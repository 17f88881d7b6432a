import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAll, openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile } from '../../../../tests/support/import-file.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Imports a list into a new clinic. @returns the job, and the clients by their first name */
async function bring(...lines: readonly string[]) {
  const { ana } = await openImportClinic(server);
  const file = lines.join('\n');
  const job = await importFile(ana, file);
  const again = await importFile(ana, file);
  expect(again).toMatchObject({ created: 0, updated: 0, unchanged: job.created });
  const clients = await listAll(ana);
  return { job, clients: Object.fromEntries(clients.map((client) => [client.firstName, client])) };
}

const cnpj = '11.222.333/0001-81';

describe('a firm in a list of clients', () => {
  it.each(['Razão social', 'Empresa', 'Nome da empresa', 'Nome fantasia', 'Company', 'Organization Name'])(
    'is the client where the list has no other names: %s',
    async (header) => {
      const { job, clients } = await bring(`${header};CNPJ`, `Padaria Sul Ltda;${cnpj}`, 'Farmácia Bela;');
      expect(job.columns.map(({ meaning }) => meaning)).toEqual(['fullName', 'document']);
      expect(job).toMatchObject({ created: 2, rejected: 0 });
      expect(clients).toMatchObject({
        Padaria: { lastName: 'Sul Ltda', document: '11222333000181', extra: {} },
        Farmácia: { lastName: 'Bela', document: null, extra: {} },
      });
    },
  );

  it('is enough for a list', async () => {
    const { job, clients } = await bring('Empresa;Cidade', 'Padaria Sul Ltda;Itu');
    expect(job).toMatchObject({ created: 1, rejected: 0 });
    expect(clients).toMatchObject({ Padaria: { lastName: 'Sul Ltda', address: { city: 'Itu' } } });
  });

  it.each([
    ['Nome;Empresa;CPF/CNPJ', 'Empresa'],
    ['Nome;Razão social;CPF/CNPJ', 'Razão social'],
    ['Paciente;Company;CPF/CNPJ', 'Company'],
  ])('is the client in rows without a name, and else stays beside it: %s', async (header, firm) => {
    const { job, clients } = await bring(
      header,
      'Rui Sá;Oficina Norte;529.982.247-25',
      `;Padaria Sul Ltda;${cnpj}`,
      ';Farmácia Bela;',
      'Lia Reis;;',
    );
    expect(job).toMatchObject({ created: 4, rejected: 0 });
    expect(clients).toMatchObject({
      Rui: { lastName: 'Sá', extra: { [firm]: 'Oficina Norte' } },
      Padaria: { lastName: 'Sul Ltda', document: '11222333000181', extra: {} },
      Farmácia: { lastName: 'Bela', extra: {} },
      Lia: { lastName: 'Reis', extra: {} },
    });
  });

  it('takes no column from people, wherever it stands', async () => {
    const { job, clients } = await bring(
      'Razão social;Nome;Telefone',
      ';Rui Sá;11987650001',
      'Padaria Sul;;1133334444',
    );
    expect(job).toMatchObject({ created: 2, rejected: 0 });
    expect(clients).toMatchObject({ Rui: { lastName: 'Sá' }, Padaria: { lastName: 'Sul' } });
  });

  it('has its legal name for the first choice, and keeps the other', async () => {
    const { clients } = await bring(
      'Nome fantasia;Nome;Razão social',
      'Pão Quente;;Padaria Sul Ltda',
      'Bela;;',
      'x;Rui Sá;y',
    );
    expect(clients).toMatchObject({
      Padaria: { lastName: 'Sul Ltda', extra: { 'Nome fantasia': 'Pão Quente' } },
      Bela: { lastName: null },
      Rui: { extra: { 'Nome fantasia': 'x', 'Razão social': 'y' } },
    });
  });

  it('gives no name to somebody who has what only people have, or to nobody', async () => {
    const { ana } = await openImportClinic(server);
    const job = await importFile(
      ana,
      [
        'Nome;Empresa;CPF;Nascimento',
        ';Oficina Norte;529.982.247-25;',
        ';Oficina Norte;;07/03/1984',
        ';não tem;;',
      ].join('\n'),
    );
    expect(job).toMatchObject({ created: 0, rejected: 3 });
    expect(job.problems.map(({ column, code }) => [column, code])).toEqual(Array(3).fill([1, 'required']));
  });

  it('stays as a person chose', async () => {
    const { ana } = await openImportClinic(server);
    const file = 'Empresa;Telefone\nPadaria Sul;1133334444\n';
    const mapping = JSON.stringify({ Empresa: 'ignore', Telefone: 'phone' });
    expect(await importFile(ana, file, { mapping })).toMatchObject({ created: 0, rejected: 1 });
  });
});
