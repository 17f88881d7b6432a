import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../shared/contracts/clients.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { purge } from '../housekeeping/service.ts';
import { markAbandoned } from './run-import.ts';
import { importFile, undoImport, waitForImport } from '../../../../tests/support/import-file.ts';

let server: TestServer;
let clinics = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** A clinic of its own: an administrator, a professional, and how its clients are. */
async function openClinic() {
  const domain = `importa${String((clinics += 1))}.test`;
  await server.createClinic(domain);
  const [ana, bruno] = [await server.signIn(`ana@${domain}`), await server.signIn(`bruno@${domain}`)];
  return { ana, bruno, carla: () => server.signIn(`carla@${domain}`) };
}

async function listAll(person: SignedIn): Promise<Client[]> {
  const { body } = await person.api('GET /clients', { query: { limit: 200 } });
  return Promise.all(
    body.items.map(async ({ id }) => (await person.api('GET /clients/{id}', { params: { id } })).body),
  );
}

const named = async (person: SignedIn, firstName: string): Promise<Client> => {
  const found = (await listAll(person)).find((client) => client.firstName === firstName);
  if (found === undefined) throw new Error(`no ${firstName}`);
  return found;
};

describe('reading', () => {
  it('takes the columns of a Brazilian clinic by their names and keeps those that have no field', async () => {
    const { ana } = await openClinic();
    const job = await importFile(
      ana,
      'Nome do paciente;Celular;CPF;Data de nascimento;CEP;Cidade;UF;Convênio;Cor favorita\r\n' +
        'Conceição D’Ávila;(11) 98765-4321;529.982.247-25;31/12/1980;01310-100;São Paulo;sp;Unimed;azul\r\n',
    );
    expect(job).toMatchObject({ status: 'done', total: 1, created: 1, rejected: 0, progress: 1 });
    expect(job.reading).toEqual({ format: 'csv', encoding: 'utf-8', delimiter: ';' });
    expect(job.columns.map(({ meaning }) => meaning)).toEqual([
      'fullName',
      'phone',
      'document',
      'dateOfBirth',
      'address.postalCode',
      'address.city',
      'address.state',
      'healthInsurance.plan',
      'extra',
    ]);
    const [client] = await listAll(ana);
    expect(client).toMatchObject({
      firstName: 'Conceição',
      lastName: 'D’Ávila',
      phone: '+5511987654321',
      document: '52998224725',
      dateOfBirth: '1980-12-31',
      address: { postalCode: '01310100', city: 'São Paulo', state: 'SP' },
      healthInsurance: { plan: 'Unimed' },
      extra: { 'Cor favorita': 'azul' },
      professionalId: ana.professionalId,
    });
    const { body: history } = await ana.api('GET /clients/{id}/history', { params: { id: client?.id ?? '' } });
    expect(history.items).toMatchObject([
      { version: 1, action: 'import', by: { id: ana.professionalId }, changes: [] },
    ]);
  });

  it('shows the first rows as it reads them', async () => {
    const { ana } = await openClinic();
    const { preview } = await importFile(ana, 'nome,fone,time\nÍris,11987650001,Bahia\n', { dryRun: 'true' });
    expect(preview).toEqual([
      { line: 2, values: { firstName: 'Íris', phone: '+5511987650001' }, tags: [], extra: { time: 'Bahia' } },
    ]);
  });

  it('takes a mapping made by hand and remembers it for the next file with these columns', async () => {
    const { ana } = await openClinic();
    const mapping = JSON.stringify({ A: 'firstName', B: 'phone' });
    expect(await importFile(ana, 'A,B\nRui,11987650002\n')).toMatchObject({
      status: 'failed',
      failure: { code: 'no_known_column' },
    });
    expect(await importFile(ana, 'A,B\nRui,11987650002\n', { mapping })).toMatchObject({ created: 1 });
    expect(await importFile(ana, 'A,B\nLia,11987650003\n')).toMatchObject({ created: 1 });
  });

  it('shows columns that nobody knows, or that have one name, and takes the answer without another upload', async () => {
    const { ana } = await openClinic();
    const unknown = await importFile(ana, 'A;B\nRui;11987650006\n');
    expect(unknown).toMatchObject({
      status: 'failed',
      columns: [
        { header: 'A', meaning: 'extra' },
        { header: 'B', meaning: 'extra' },
      ],
      preview: [{ line: 2, extra: { A: 'Rui', B: '11987650006' } }],
      problems: [{ line: 1, column: 0, code: 'no_known_column', kind: 'file' }],
    });
    const again = await importFile(ana, 'Nome;Fone;Fone\nIva;11987650007;1133334444\n');
    expect(again.columns.map(({ header }) => header)).toEqual(['Nome', 'Fone', 'Fone (2)']);
    expect(again.problems).toMatchObject([{ line: 1, column: 3, header: 'Fone (2)', code: 'duplicate_header' }]);
    for (const [{ id }, mapping] of [
      [unknown, { A: 'firstName', B: 'phone' }],
      [again, { Nome: 'fullName', Fone: 'phone', 'Fone (2)': 'secondaryPhone' }],
    ] as const) {
      const { body } = await ana.api('POST /imports/{id}/repeat', { params: { id }, body: { mapping } });
      expect(await waitForImport(ana, body.id)).toMatchObject({ status: 'done', created: 1 });
    }
    expect(await named(ana, 'Iva')).toMatchObject({ phone: '+5511987650007', secondaryPhone: '+551133334444' });
  });

  it('takes a file that begins with its clients at once, all of them, when somebody says what the columns hold', async () => {
    const { ana } = await openClinic();
    const file = 'Rui Sá;11987650021;rui@exemplo.test;Bairro Alto\nLia Sá;11987650022;;\n';
    const job = await importFile(ana, file);
    expect(job).toMatchObject({
      status: 'failed',
      failure: { code: 'no_header' },
      columns: [
        { header: 'Coluna A', meaning: 'fullName' },
        { header: 'Coluna B', meaning: 'phone' },
        { header: 'Coluna C', meaning: 'email' },
        { header: 'Coluna D', meaning: 'extra' },
      ],
      preview: [{ line: 1, values: { firstName: 'Rui', lastName: 'Sá', phone: '+5511987650021' } }, { line: 2 }],
    });
    const mapping = { 'Coluna A': 'fullName', 'Coluna B': 'phone', 'Coluna C': 'email' } as const;
    const { body } = await ana.api('POST /imports/{id}/repeat', { params: { id: job.id }, body: { mapping } });
    expect(await waitForImport(ana, body.id)).toMatchObject({ status: 'done', created: 2 });
    // The next such file may have other columns in the same places.
    expect(await importFile(ana, file)).toMatchObject({ failure: { code: 'no_header' } });
  });

  it('puts phones together with the column of their area code, or with the one that was given', async () => {
    const { ana } = await openClinic();
    const columns = await importFile(
      ana,
      'nome;DDD;fone;DDD;celular\nRui;11;33334444;21;987650023\nLia;;;;1198765-0024\n',
    );
    expect(columns).toMatchObject({ created: 2, rejected: 0 });
    expect(await named(ana, 'Rui')).toMatchObject({ phone: '+551133334444', secondaryPhone: '+5521987650023' });
    expect(await named(ana, 'Lia')).toMatchObject({ secondaryPhone: '+5511987650024' });
    const without = await importFile(ana, 'nome;DDD celular;celular\nIva;47;98765-0025\nEva;;98765-0026\n', {
      dryRun: 'true',
    });
    expect(without).toMatchObject({ created: 1, rejected: 1, areaCode: null, problems: [{ code: 'invalid_phone' }] });
    const { body } = await ana.api('POST /imports/{id}/repeat', {
      params: { id: without.id },
      body: { areaCode: '48' },
    });
    expect(await waitForImport(ana, body.id)).toMatchObject({ created: 2, rejected: 0, areaCode: '48' });
    expect(await named(ana, 'Iva')).toMatchObject({ phone: '+5547987650025' });
    expect(await named(ana, 'Eva')).toMatchObject({ phone: '+5548987650026' });
    await expect(importFile(ana, 'nome\nAna\n', { areaCode: '10' })).rejects.toMatchObject({
      problem: { errors: [{ path: 'areaCode', code: 'invalid_area_code' }] },
    });
  });

  it('takes a second phone from the cell of the first, and refuses a third', async () => {
    const { ana } = await openClinic();
    const job = await importFile(
      ana,
      [
        'nome,fone,outro telefone',
        'Rui,11987650027 / 1133334447,',
        'Lia,11987650028 / 1133334448,(11) 3333-4448',
        'Iva,11987650029 / 1133334449,1133334440',
      ].join('\n'),
    );
    expect(job).toMatchObject({ created: 2, rejected: 1, problems: [{ line: 4, column: 2, code: 'too_many_phones' }] });
    expect(await named(ana, 'Rui')).toMatchObject({ phone: '+5511987650027', secondaryPhone: '+551133334447' });
    expect(await named(ana, 'Lia')).toMatchObject({ phone: '+5511987650028', secondaryPhone: '+551133334448' });
  });

  it('keeps what stands in columns without a name, and does not speak of those that are empty', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, 'nome;;fone;;\nRui;alérgico;11987650030;;\n');
    expect(job.columns.map(({ header }) => header)).toEqual(['nome', 'Coluna B', 'fone', '', '']);
    expect(await named(ana, 'Rui')).toMatchObject({ extra: { 'Coluna B': 'alérgico' } });
  });

  it('finds the header below a title that has no columns, and headers that are broken into lines', async () => {
    const { ana } = await openClinic();
    const file = 'Clínica Sorriso – lista\r\n\r\nNome;"Data\r\nCadastro";Telefone\r\nUrsa;ontem;11987650008\r\n';
    expect(await importFile(ana, file)).toMatchObject({ status: 'done', created: 1, reading: { delimiter: ';' } });
    expect(await named(ana, 'Ursa')).toMatchObject({ extra: { 'Data Cadastro': 'ontem' } });
  });

  it('refuses rows with signs that are no text, and takes the others', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, 'nome,telefone,time\nAn\0a,1198765\u00000009,\nBoa,11987650010,\nEma,,\0\n');
    expect(job).toMatchObject({ status: 'done', created: 1, rejected: 2 });
    expect(job.problems.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 1, 'invalid_text'],
      [2, 2, 'invalid_phone'],
      [4, 3, 'invalid_text'],
    ]);
  });

  it('takes an unfilled mask and a word for none for an empty cell', async () => {
    const { ana } = await openClinic();
    const file = [
      'Nome;Celular;CPF;Nascimento;E-mail;CEP;UF;Nº',
      'Mia;(00) 00000-0000;000.000.000-00;00/00/0000;não tem;00000-000;-;S/N',
      'Noé;(__) _____-____;___.___.___-__;  /  /    ;-;_____-___;;0',
      'Oto;Sem telefone;não informado;NULL;n/a;;;',
    ].join('\n');
    expect(await importFile(ana, file)).toMatchObject({ created: 3, rejected: 0 });
    expect(await named(ana, 'Mia')).toMatchObject({
      phone: null,
      document: null,
      dateOfBirth: null,
      email: null,
      address: { postalCode: null, state: null, number: 'S/N' },
    });
  });

  it('asks where the bytes can be read in two ways, and goes on with the answer without another upload', async () => {
    const { ana } = await openClinic();
    const [whole, single] = [
      Buffer.from('João,11987650004\n', 'utf8'),
      Buffer.from('Ana Magalhães,11987650005\n', 'latin1'),
    ];
    const job = await importFile(ana, new Uint8Array(Buffer.concat([Buffer.from('nome,fone\n'), whole, single])));
    expect(job).toMatchObject({ status: 'failed', created: 0, failure: { code: 'ambiguous_encoding' } });
    const readings = new Map(job.failure?.readings.map(({ encoding, lines }) => [encoding, lines.join('\n')]));
    expect(readings.get('utf-8-mixed')).toContain('João');
    expect(readings.get('windows-1252')).toContain('JoÃ£o');

    const { body } = await ana.api('POST /imports/{id}/repeat', {
      params: { id: job.id },
      body: { encoding: 'utf-8-mixed' },
    });
    expect(await waitForImport(ana, body.id)).toMatchObject({ status: 'done', created: 2 });
    expect((await listAll(ana)).map((client) => `${client.firstName} ${client.lastName ?? ''}`.trim())).toEqual([
      'Ana Magalhães',
      'João',
    ]);
  });

  it('is one import however often a request with an Idempotency-Key is sent', async () => {
    const { ana } = await openClinic();
    const send = (content: string, key = 'arquivo-1') => {
      const form = new FormData();
      form.set('file', new Blob([content]), 'pacientes.csv');
      return ana.api('POST /imports', { body: form, headers: { 'idempotency-key': key } });
    };
    const [first, second] = [await send('nome\nRui\n'), await send('nome\nRui\n')];
    expect(second).toMatchObject({ status: 202, body: { id: first.body.id } });
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    await expect(send('nome\nLia\n')).rejects.toMatchObject({ problem: { code: 'idempotency_key_reused' } });
    expect((await ana.api('GET /imports')).body.items).toHaveLength(1);
    expect((await send('nome\nRui\n', 'arquivo-2')).body.id).not.toBe(first.body.id);
  });

  it('refuses a file that cannot be read by what is wrong with it, in the reader’s language', async () => {
    const { ana } = await openClinic();
    const files: [string, string | Uint8Array<ArrayBuffer>][] = [
      ['empty_file', ' \n'],
      ['old_workbook', new Uint8Array(Buffer.from('d0cf11e0a1b11ae1000000', 'hex'))],
      ['duplicate_header', 'nome,Nome\na,b\n'],
      ['unknown_format', '%PDF-1.7\n'],
      ['unknown_format', '<html><table><tr><td>Nome</td></tr></table></html>'],
      ['unknown_format', new Uint8Array(Array.from({ length: 2000 }, (_, at) => (at * 7919) % 256))],
      ['too_many_columns', `nome${',x'.repeat(600)}\n`],
    ];
    for (const [code, content] of files) {
      const { status, failure } = await importFile(ana, content);
      expect({ status, code: failure?.code }).toEqual({ status: 'failed', code });
      expect(failure?.message).toMatch(/\p{L}.*\./u);
    }
    const noFile = new FormData();
    await expect(ana.api('POST /imports', { body: noFile })).rejects.toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'file', code: 'required' }] },
    });
  });
});

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
    const maria = await named(ana, 'Maria');
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
    const rosa = await named(ana, 'Rosa');
    expect(job.problems).toEqual([
      {
        line: 3,
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

  it('makes family members clients of their own, or one, when told to', async () => {
    const apart = await openClinic();
    expect(await importFile(apart.ana, family, { onConflict: 'create' })).toMatchObject({ created: 2, unchanged: 1 });
    const people = await listAll(apart.ana);
    expect(people.map(({ firstName, sharedPhone }) => [firstName, sharedPhone]).sort()).toEqual([
      ['Pedro', true],
      ['Rosa', false],
    ]);
    const one = await openClinic();
    expect(await importFile(one.ana, family, { onConflict: 'update' })).toMatchObject({ created: 1 });
    expect(await listAll(one.ana)).toHaveLength(1);
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
    expect((await named(ana, 'Zélia')).professionalId).toBe(ana.professionalId);
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
    expect(await importFile(ana, mended)).toMatchObject({ created: 3, rejected: 1 });
    expect((await listAll(ana)).map(({ firstName }) => firstName).sort()).toEqual([
      '=HYPERLINK(1)',
      'Boa',
      'Ruim',
      'curta',
    ]);
  });
});

describe('a dry run', () => {
  it('tells the same numbers and differences and writes nothing', async () => {
    const { ana } = await openClinic();
    await ana.api('POST /clients', { body: { firstName: 'Vera', phone: '11987650060' } });
    const file = 'nome,telefone,cidade\nVera,11987650060,Recife\nNova,11987650061,\nOutra,11987650060,\nX,1,\n';
    const dry = await importFile(ana, file, { dryRun: 'true' });
    expect(await listAll(ana)).toHaveLength(1);
    expect((await named(ana, 'Vera')).address.city).toBeNull();
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
    const iara = await named(ana, 'Iara');
    const touched = await named(ana, 'Tocada');
    for (const [{ id }, body] of [
      [iara, { profession: 'Cirurgiã' }],
      [touched, { notes: 'já atendida' }],
    ] as const)
      await ana.api('PATCH /clients/{id}', { params: { id }, body, headers: { 'if-match': '*' } });

    const nova = await named(ana, 'Nova');
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
    const { id } = await named(ana, 'Alda');
    expect(await undoImport(ana, second.id)).toMatchObject({ undo: { removed: 0, restored: 1, kept: 0 } });
    expect(await undoImport(ana, first.id)).toMatchObject({ undo: { removed: 2, restored: 0, kept: 0 } });
    expect(await listAll(ana)).toEqual([]);
    // What happened to her stays written.
    const { body } = await ana.api('GET /clients/{id}/history', { params: { id } });
    expect(body.items.map(({ action }) => action)).toEqual(['import_undone', 'import_undone', 'import', 'import']);
  });

  it('leaves a client whom a later import has changed', async () => {
    const { ana } = await openClinic();
    const first = await importFile(ana, 'nome,telefone,cidade\nCaio,11987650077,Natal\n');
    await importFile(ana, 'nome,telefone,cidade\nCaio,11987650077,Olinda\n');
    expect(await undoImport(ana, first.id)).toMatchObject({ undo: { removed: 0, kept: 1 } });
    expect(await named(ana, 'Caio')).toMatchObject({ address: { city: 'Olinda' } });
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
    expect(await named(ana, 'Dário')).toMatchObject({ phone: '+5511987650080', sharedPhone: true });
    expect(await named(ana, 'Eva')).toMatchObject({ phone: '+5511987650080', sharedPhone: false });
  });
});

describe('the list of imports', () => {
  it('shows administrators those of the clinic and others their own', async () => {
    const { ana, bruno, carla } = await openClinic();
    const first = await importFile(bruno, 'nome\nUm\n');
    const second = await importFile(ana, 'nome\nDois\n');
    const idsOf = async (person: SignedIn) => (await person.api('GET /imports')).body.items.map(({ id }) => id);
    expect(await idsOf(ana)).toEqual([second.id, first.id]);
    expect(await idsOf(bruno)).toEqual([first.id]);
    await expect((await carla()).api('GET /imports')).rejects.toMatchObject({ status: 403 });
  });

  it('writes one event for an import and none of its contents', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, 'nome\nSegredo\n');
    const rows = await server.db.system((tx) =>
      tx.run({ sql: `select * from audit_events where record_id = '${job.id}'`, parameters: [] } as never),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ action: 'clients_imported', record_type: 'import', actor_id: ana.professionalId });
    expect(JSON.stringify(rows) + server.logs.join('')).not.toContain('Segredo');
  });

  it('keeps a file for a day and what it refused for a month', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, 'nome,fone\nUm,1\n', { dryRun: 'true' });
    const age = (interval: string) =>
      server.db.system((tx) =>
        tx.run({ sql: `update imports set created_at = now() - interval '${interval}'`, parameters: [] } as never),
      );
    await age('25 hours');
    await purge(server.db);
    const repeat = ana.api('POST /imports/{id}/repeat', { params: { id: job.id }, body: {} });
    await expect(repeat).rejects.toMatchObject({ status: 409, problem: { code: 'import_file_gone' } });
    const look = async () => (await ana.api('GET /imports/{id}', { params: { id: job.id } })).body;
    expect(await look()).toMatchObject({ repeatable: false, problems: [{ code: 'invalid_phone' }] });
    await age('31 days');
    await purge(server.db);
    expect((await look()).problems).toEqual([]);
  });

  it('waits for an undoing that has not begun', async () => {
    const { ana } = await openClinic();
    const { id } = await importFile(ana, 'nome\nTeresa\n');
    const run = (sql: string) => server.db.system((tx) => tx.run({ sql, parameters: [] } as never));
    const statusOf = async () => (await ana.api('GET /imports/{id}', { params: { id } })).body.status;
    const key = `undo_import:${id}`;
    await run(
      `select graphile_worker.add_job('undo_import', '{}', job_key := '${key}', run_at := now() + interval '1 hour')`,
    );
    await run(`update imports set status = 'undoing' where id = '${id}'`);
    await markAbandoned(server.db);
    expect(await statusOf()).toBe('undoing');
    await run(`select graphile_worker.remove_job('${key}')`);
    await markAbandoned(server.db);
    expect(await statusOf()).toBe('done');
  });

  it('tells that an import was interrupted whose process is gone, and lets it be repeated', async () => {
    const { ana } = await openClinic();
    const job = await importFile(ana, 'nome,fone\nFênix,\nUm,1\n', { dryRun: 'true' });
    expect(job).toMatchObject({ created: 1, rejected: 1 });
    await server.db.system((tx) =>
      tx.run({ sql: `update imports set status = 'running' where id = '${job.id}'`, parameters: [] } as never),
    );
    // Nothing of it was kept, and it says nothing else.
    const nothing = { processed: 0, created: 0, rejected: 0, problems: [] };
    expect(await waitForImport(ana, job.id)).toMatchObject({ status: 'interrupted', repeatable: true, ...nothing });
    const { body } = await ana.api('POST /imports/{id}/repeat', { params: { id: job.id }, body: {} });
    expect(await waitForImport(ana, body.id)).toMatchObject({ status: 'done', created: 1 });
  });
});
