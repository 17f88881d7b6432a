import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAll, getClientByName, openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile, waitForImport } from '../../../../tests/support/import-file.ts';
import { startTestServer, type TestServer } from '../../../../tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
const openClinic = () => openImportClinic(server);

describe('matching', () => {
  it('meets clients by document, then phone, then e-mail, and brings only what the file has', async () => {
    const { ana, bruno } = await openClinic();
    await ana.api('POST /clients', {
      body: {
        firstName: 'Maria',
        lastName: 'Souza',
        phone: '11987650010',
        document: '52998224725',
        email: 'maria@exemplo.com.br',
        notes: 'alergia a iodo',
        tags: ['vip'],
      },
    });
    const job = await importFile(
      ana,
      'nome,telefone,cpf,email,profissao,notas,tags\nMaria Souza,11987650011,52998224725,,Dentista,,novo\n',
      { professionalId: bruno.professionalId },
    );
    expect(job).toMatchObject({ created: 0, updated: 1, moved: 1, conflicts: 0 });
    expect(job.sample).toHaveLength(1);
    expect(job.sample[0]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'phone', from: '+5511987650010', to: '+5511987650011' },
        { field: 'profession', from: null, to: 'Dentista' },
        { field: 'tags', from: ['vip'], to: ['vip', 'novo'] },
        { field: 'professionalId', from: ana.professionalId, to: bruno.professionalId },
      ]),
    );
    const maria = await getClientByName(ana, 'Maria');
    expect(maria).toMatchObject({
      phone: '+5511987650011',
      email: 'maria@exemplo.com.br',
      notes: 'alergia a iodo',
      tags: ['vip', 'novo'],
      professionalId: bruno.professionalId,
    });
    const byPhone = await importFile(ana, 'nome,telefone,cidade\nMaria Souza,11987650011,Santos\n');
    const byEmail = await importFile(ana, 'nome,email,estado\nMaria Souza,MARIA@exemplo.com.br,SP\n');
    expect([byPhone.updated, byEmail.updated, byPhone.moved]).toEqual([1, 1, 1]);
    expect(await listAll(ana)).toHaveLength(1);

    const { body: history } = await ana.api('GET /clients/{id}/history', { params: { id: maria.id } });
    expect(history.items.map(({ action }) => action)).toEqual(['import', 'import', 'import', 'create']);
  });

  const family = 'nome,telefone\nRosa Lima,11987650020\nPedro Lima,11987650020\nRosa Lima,11987650020\n';

  it('leaves family members on one phone for a decision', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, family);
    expect(job).toMatchObject({ created: 1, unchanged: 1, conflicts: 1, rejected: 0 });
    const rosa = await getClientByName(ana, 'Rosa');
    expect(job.problems).toEqual([
      {
        line: 3,
        name: 'Pedro Lima',
        column: 2,
        header: 'telefone',
        code: 'conflicting_name',
        message: 'O telefone ou o e-mail já é de alguém com outro nome.',
        value: '+5511987650020',
        kind: 'conflict',
        client: { id: rosa.id, name: 'Rosa Lima' },
      },
    ]);
  });

  it('makes family members clients of their own when told to, but never one', async () => {
    const apart = await openClinic();
    expect(await importFile(apart.ana, family, { onConflict: 'create' })).toMatchObject({ created: 2, unchanged: 1 });
    const people = await listAll(apart.ana);
    expect(people.map(({ firstName, sharedPhone }) => [firstName, sharedPhone]).sort()).toEqual([
      ['Pedro', true],
      ['Rosa', false],
    ]);
    const one = await openClinic();
    expect(await importFile(one.ana, family, { onConflict: 'update' })).toMatchObject({ created: 1, conflicts: 1 });
    // A changed surname, as after a wedding, counts as the same person with `update`.
    const married = 'nome,telefone\nRosa Souza,11987650020\n';
    expect(await importFile(one.ana, married)).toMatchObject({ conflicts: 1 });
    expect(await importFile(one.ana, married, { onConflict: 'update' })).toMatchObject({ updated: 1 });
    expect((await listAll(one.ana)).map(({ lastName }) => lastName)).toEqual(['Souza']);
  });

  it('changes nothing when the same file comes twice, even one that contradicts itself', async () => {
    const { ana } = await openClinic();
    const lines = Array.from({ length: 300 }, (_, index) => {
      const person = index % 250;
      return `Cliente Teste ${String(person)},119876${String(10_000 + person)},Cidade ${String(index)},c${String(person)}@exemplo.com.br`;
    });
    const file = ['nome,telefone,cidade,email', ...lines].join('\n');
    expect(await importFile(ana, file)).toMatchObject({ created: 250, updated: 50 });
    const before = await listAll(ana);
    expect(await importFile(ana, file)).toMatchObject({ created: 0, updated: 0, unchanged: 300 });
    expect(await listAll(ana)).toEqual(before);
  });

  it('leaves the clients of colleagues where they are when a professional imports, without naming them', async () => {
    const { ana, bruno } = await openClinic();
    await ana.api('POST /clients', { body: { firstName: 'Zélia', phone: '11987650030' } });
    const job = await importFile(bruno, 'nome,telefone\nZélia,11987650030\nNovo,11987650031\n');
    expect(job).toMatchObject({ created: 1, conflicts: 1, updated: 0 });
    expect(job.problems[0]).toMatchObject({ line: 2, column: 2, code: 'client_of_another', client: null });
    expect((await getClientByName(ana, 'Zélia')).professionalId).toBe(ana.professionalId);
  });

  it('never touches another clinic', async () => {
    const [one, other] = [await openClinic(), await openClinic()];
    const file = 'nome,cpf,telefone\nAlba,52998224725,11987650040\n';
    await importFile(one.ana, file);
    expect(await importFile(other.ana, file)).toMatchObject({ created: 1 });
    expect(await listAll(one.ana)).toHaveLength(1);
  });
});

describe('what was not taken', () => {
  it('comes back as a file to be mended and imported again', async () => {
    const { ana } = await openClinic();
    const file = [
      'nome;telefone;cpf;nascimento',
      'Boa;11987650050;;',
      'Ruim;11 1;123;31/02/1990',
      ';11987650051;;',
      '"=HYPERLINK(1)";x;;',
      'curta',
    ].join('\r\n');
    const job = await importFile(ana, file);
    expect(job).toMatchObject({ total: 5, created: 1, rejected: 4 });
    expect(job.problems.map(({ line, column, code, value }) => [line, column, code, value])).toEqual([
      [3, 2, 'invalid_phone', '11 1'],
      [3, 3, 'invalid_document', '123'],
      [3, 4, 'invalid_date', '31/02/1990'],
      [4, 1, 'required', ''],
      [5, 2, 'invalid_phone', 'x'],
      [6, 2, 'missing_cells', ''],
    ]);
    const answer = await fetch(`${server.address}/api/v1/imports/${job.id}/rejected.csv`, {
      headers: { authorization: `Bearer ${ana.accessToken}` },
    });
    const rejected = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    expect(rejected.startsWith('\ufeffnome;telefone;cpf;nascimento;Linha do arquivo;Motivo da recusa\r\n')).toBe(true);
    expect(rejected).toContain(`'=HYPERLINK(1);x;;;5;"telefone: Confira o telefone`);

    const mended = rejected.replace('11 1;123;31/02/1990', '11987650052;;28/02/1990').replace(';x;', ';11987650053;');
    expect(await importFile(ana, mended)).toMatchObject({ created: 2, rejected: 2 });
    expect((await listAll(ana)).map(({ firstName }) => firstName).sort()).toEqual(['=HYPERLINK(1)', 'Boa', 'Ruim']);
  });
});

describe('a dry run', () => {
  it('tells the same numbers and differences and writes nothing', async () => {
    const { ana } = await openClinic();
    await ana.api('POST /clients', { body: { firstName: 'Vera', phone: '11987650060' } });
    const file = 'nome,telefone,cidade\nVera,11987650060,Recife\nNova,11987650061,\nOutra,11987650060,\nX,1,\n';
    const dry = await importFile(ana, file, { dryRun: 'true' });
    expect(await listAll(ana)).toHaveLength(1);
    expect((await getClientByName(ana, 'Vera')).address.city).toBeNull();
    const { body } = await ana.api('POST /imports/{id}/repeat', { params: { id: dry.id }, body: {} });
    const real = await waitForImport(ana, body.id);
    const numbersOf = ({ total, created, updated, unchanged, conflicts, rejected, problems }: typeof dry) => ({
      ...{ total, created, updated, unchanged, conflicts, rejected },
      problems: problems.map(({ line, code }) => [line, code]),
    });
    expect(numbersOf(real)).toEqual(numbersOf(dry));
    expect(numbersOf(dry)).toMatchObject({ total: 4, created: 1, updated: 1, conflicts: 1, rejected: 1 });
    expect(dry.sample[0]?.changes).toEqual([{ field: 'address.city', from: null, to: 'Recife' }]);
    expect(dry.undoUntil).toBeNull();
    await expect(ana.api('POST /imports/{id}/undo', { params: { id: dry.id } })).rejects.toMatchObject({ status: 409 });
  });
});
