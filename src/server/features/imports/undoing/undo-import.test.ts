import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAll, getClientByName, openImportClinic } from '../../../../../tests/support/import-clinics.ts';
import { importFile, undoImport } from '../../../../../tests/support/import-file.ts';
import { startTestServer, type TestServer } from '../../../../../tests/support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
const openClinic = () => openImportClinic(server);

describe('undo', () => {
  it('takes back what nobody has touched since, and says what stays', async () => {
    const { ana } = await openClinic();
    const create = (body: { firstName: string; phone: string }) => ana.api('POST /clients', { body });
    await create({ firstName: 'Otto', phone: '11987650070' });
    await create({ firstName: 'Iara', phone: '11987650071' });
    const job = await importFile(
      ana,
      'nome,telefone,cidade,profissao\nOtto,11987650070,Natal,Músico\nIara,11987650071,Natal,Médica\nNova,11987650072,Natal,\nNova,11987650072,Olinda,\nTocada,11987650073,,\n',
    );
    expect(job).toMatchObject({ created: 2, updated: 3 });
    const iara = await getClientByName(ana, 'Iara');
    const touched = await getClientByName(ana, 'Tocada');
    for (const [{ id }, body] of [
      [iara, { profession: 'Cirurgiã' }],
      [touched, { notes: 'já atendida' }],
    ] as const)
      await ana.api('PATCH /clients/{id}', { params: { id }, body, headers: { 'if-match': '*' } });

    const nova = await getClientByName(ana, 'Nova');
    await ana.api('POST /duplicates/dismissals', { body: { clientIds: [nova.id, touched.id] } });

    const undone = await undoImport(ana, job.id);
    expect(undone).toMatchObject({ status: 'undone', undo: { removed: 1, restored: 2, kept: 2 } });
    expect(undone.undo?.keptClients).toEqual([
      { id: touched.id, name: 'Tocada', fields: [] },
      { id: iara.id, name: 'Iara', fields: ['profession'] },
    ]);
    const people = await listAll(ana);
    expect(people.map(({ firstName }) => firstName).sort()).toEqual(['Iara', 'Otto', 'Tocada']);
    expect(people.find(({ firstName }) => firstName === 'Otto')).toMatchObject({
      address: { city: null },
      profession: null,
    });
    expect(people.find(({ firstName }) => firstName === 'Iara')).toMatchObject({
      address: { city: null },
      profession: 'Cirurgiã',
    });
    await expect(ana.api('POST /imports/{id}/undo', { params: { id: job.id } })).rejects.toMatchObject({ status: 409 });
  });

  it('takes imports back one after the other until nothing of them is left', async () => {
    const { ana } = await openClinic();
    const first = await importFile(ana, 'nome,telefone,cidade\nAlda,11987650075,Natal\nBeto,11987650076,Natal\n');
    const second = await importFile(ana, 'nome,telefone,cidade\nAlda,11987650075,Olinda\nBeto,11987650076,Natal\n');
    expect(second).toMatchObject({ updated: 1, unchanged: 1 });
    const { id } = await getClientByName(ana, 'Alda');
    expect(await undoImport(ana, second.id)).toMatchObject({ undo: { removed: 0, restored: 1, kept: 0 } });
    expect(await undoImport(ana, first.id)).toMatchObject({ undo: { removed: 2, restored: 0, kept: 0 } });
    expect(await listAll(ana)).toEqual([]);
    // Her history remains.
    const { body } = await ana.api('GET /clients/{id}/history', { params: { id } });
    expect(body.items.map(({ action }) => action)).toEqual(['import_undone', 'import_undone', 'import', 'import']);
  });

  it('leaves a client whom a later import has changed', async () => {
    const { ana } = await openClinic();
    const first = await importFile(ana, 'nome,telefone,cidade\nCaio,11987650077,Natal\n');
    await importFile(ana, 'nome,telefone,cidade\nCaio,11987650077,Olinda\n');
    expect(await undoImport(ana, first.id)).toMatchObject({ undo: { removed: 0, kept: 1 } });
    expect(await getClientByName(ana, 'Caio')).toMatchObject({ address: { city: 'Olinda' } });
  });

  it('leaves clients of whom something else tells meanwhile', async () => {
    const { ana } = await openClinic();
    const names = ['Mãe', 'Filha', 'Livre', 'Autorizada', 'Atendida', 'Copiada'];
    const job = await importFile(ana, `nome\n${names.join('\n')}\n`);
    const idOf = async (name: string) => (await getClientByName(ana, name)).id;
    const [mother, child, consenting, asking, copied] = [
      await idOf('Mãe'),
      await idOf('Filha'),
      await idOf('Autorizada'),
      await idOf('Atendida'),
      await idOf('Copiada'),
    ];
    await ana.api('POST /clients/{id}/relatives', {
      params: { id: child },
      body: { clientId: mother, kind: 'parent' },
    });
    const { body: text } = await ana.api('POST /consent-texts', {
      body: { purpose: 'images', title: 'Fotos', body: 'Autorizo.' },
    });
    await ana.api('POST /clients/{id}/consents', {
      params: { id: consenting },
      body: { textId: text.id, decision: 'given', by: 'client', means: 'paper' },
    });
    await ana.api('POST /data-requests', { body: { clientId: asking, kind: 'access', identifiedBy: 'RG' } });
    await ana.api('POST /clients/{id}/copies', { params: { id: copied }, body: {} });
    expect(await undoImport(ana, job.id)).toMatchObject({ status: 'undone', undo: { removed: 1, kept: 5 } });
    expect((await listAll(ana)).map(({ firstName }) => firstName).sort()).toEqual(
      names.filter((name) => name !== 'Livre').sort(),
    );
  });

  it('tells why it failed, and can be tried again', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, 'nome\nFica\n');
    const client = new pg.Client(server.database.adminUrl);
    await client.connect();
    const { id } = await getClientByName(ana, 'Fica');
    try {
      await client.query(
        'create table notes_elsewhere (clinic_id uuid, client_id uuid, foreign key (clinic_id, client_id) references clients)',
      );
      await client.query('insert into notes_elsewhere select clinic_id, id from clients where id = $1', [id]);
      const failed = await undoImport(ana, job.id);
      expect(failed).toMatchObject({ status: 'done', undo: null, failure: { code: 'not_undone' } });
      expect(failed.failure?.message).toContain('Nada foi desfeito');
    } finally {
      await client.query('drop table notes_elsewhere');
      await client.end();
    }
    expect(await undoImport(ana, job.id)).toMatchObject({ status: 'undone', failure: null, undo: { removed: 1 } });
  });

  it('lets who has got a document or phone meanwhile keep it', async () => {
    const { ana } = await openClinic();
    const create = (body: { firstName: string; phone?: string; document?: string; email?: string }) =>
      ana.api('POST /clients', { body });
    await create({ firstName: 'Dário', phone: '11987650080', document: '52998224725', email: 'dario@exemplo.com.br' });
    const job = await importFile(
      ana,
      'nome,email,telefone,cpf\nDário,dario@exemplo.com.br,11987650081,111.444.777-35\n',
    );
    expect(job).toMatchObject({ updated: 0, conflicts: 1 });
    const phone = await importFile(ana, 'nome,email,telefone\nDário,dario@exemplo.com.br,11987650081\n');
    expect(phone.updated).toBe(1);
    await create({ firstName: 'Eva', phone: '11987650080' });
    await undoImport(ana, phone.id);
    expect(await getClientByName(ana, 'Dário')).toMatchObject({ phone: '+5511987650080', sharedPhone: true });
    expect(await getClientByName(ana, 'Eva')).toMatchObject({ phone: '+5511987650080', sharedPhone: false });
  });
});
