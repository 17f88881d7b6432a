import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAll, openImportClinic } from '../../../../tests/support/import-clinics.ts';
import { importFile, undoImport } from '../../../../tests/support/import-file.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { ClientInput } from '../../../shared/contracts/clients.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
const openClinic = () => openImportClinic(server);

const families = [
  'Maria Clara Souza;1;02/05/2016;F;Rosa',
  'Maria Eduarda Souza;1;02/05/2016;F;Rosa',
  'João Pedro Lima;2;10/01/2014;M;Rosa',
  'João Lucas Lima;2;20/09/2017;M;Rosa',
  'Daniel Rocha;3;10/01/2014;M;Rosa',
  'Daniela Rocha;3;20/09/2017;F;Rosa',
  'Ana Beatriz Melo;4;20/09/2012;F;Ana',
  'Ana Melo;4;05/05/1980;F;',
  'Luís Gomes;5;20/09/2012;M;',
  'Luísa Gomes;5;05/05/2015;F;',
  'Ana Carla Pinto;6;20/09/2012;F;',
  'Ana Clara Pinto;6;20/09/2012;F;',
  'José Reis;7;05/05/1980;M;',
  'José Reis;7;05/05/2010;M;',
  'Marcos Vieira;8;20/09/2012;M;',
  'Mateus Vieira;8;20/09/2012;M;',
];
const fileOf = (key: 'telefone' | 'email', rows = families): string =>
  [
    `nome;${key};nascimento;sexo;nome do responsável`,
    ...rows.map((row) => {
      const [name = '', number = '', ...rest] = row.split(';');
      return [name, key === 'telefone' ? `1198765160${number}` : `familia${number}@exemplo.com.br`, ...rest].join(';');
    }),
  ].join('\n');

const personOf = ({
  firstName,
  lastName,
  dateOfBirth,
}: {
  firstName: string;
  lastName: string | null;
  dateOfBirth: string | null;
}) => `${firstName} ${lastName ?? ''} ${dateOfBirth ?? ''}`.trim();
const register = async (person: SignedIn) => (await listAll(person)).map(personOf).sort();
function nameAndBirth(row: string): string {
  const [name = '', , date = ''] = row.split(';');
  return `${name} ${date.split('/').reverse().join('-')}`;
}
const everybody = families.map(nameAndBirth).sort();

describe('families who share a phone or an e-mail', () => {
  it.each(['telefone', 'email'] as const)('are clients of their own or a decision, on one %s', async (key) => {
    for (const onConflict of ['skip', 'update'] as const) {
      const { ana } = await openClinic();
      const job = await importFile(ana, fileOf(key), { onConflict });
      // If both name and date of birth differ, it is certainly another person.
      expect(job).toMatchObject({ created: 12, updated: 0, unchanged: 0, conflicts: 4 });
      expect(job.problems.map(({ line, code }) => [line, code])).toEqual([
        [3, 'conflicting_name'],
        [13, 'conflicting_name'],
        [15, 'conflicting_birth_date'],
        [17, 'conflicting_name'],
      ]);
      const before = await listAll(ana);
      expect(before.map(personOf).every((person) => everybody.includes(person))).toBe(true);
      expect(await importFile(ana, fileOf(key), { onConflict })).toMatchObject({
        ...{ created: 0, updated: 0, unchanged: 12, conflicts: 4 },
      });
      expect(await listAll(ana)).toEqual(before);
    }
  });

  it('are all there when told to make clients, however often and in whatever order, and are listed as look-alikes', async () => {
    const { ana } = await openClinic();
    expect(await importFile(ana, fileOf('telefone'), { onConflict: 'create' })).toMatchObject({ created: 16 });
    expect(await register(ana)).toEqual(everybody);
    for (const onConflict of ['create', 'skip', 'update'] as const)
      expect(await importFile(ana, fileOf('telefone', families.toReversed()), { onConflict })).toMatchObject({
        ...{ created: 0, updated: 0, unchanged: 16, conflicts: 0 },
      });
    const { body } = await ana.api('GET /duplicates');
    const pairs = body.items.map(({ clients }) => clients.map(personOf).sort().join(' + ')).sort();
    const expected = Array.from({ length: 8 }, (_, pair) => families.slice(2 * pair, 2 * pair + 2));
    expect(pairs).toEqual(expected.map((rows) => rows.map(nameAndBirth).sort().join(' + ')).sort());
  });

  it('are clients of their own where the file says that they share a phone', async () => {
    const { ana } = await openClinic();
    const file = fileOf('telefone')
      .split('\n')
      .map((line, index) => `${line};${index === 0 ? 'telefone compartilhado' : 'sim'}`)
      .join('\n');
    const mapping = JSON.stringify({ 'telefone compartilhado': 'sharedPhone' });
    expect(await importFile(ana, file, { mapping })).toMatchObject({ created: 16, conflicts: 0 });
    expect(await register(ana)).toEqual(everybody);
    expect(await importFile(ana, file, { mapping })).toMatchObject({ created: 0, unchanged: 16 });
  });

  const sister: ClientInput = {
    ...{ firstName: 'Maria Clara', lastName: 'Dias', phone: '11987655505', email: 'dias@exemplo.com.br' },
    ...{ dateOfBirth: '2014-05-02', notes: 'alergia a penicilina' },
  };

  it.each(['skip', 'update', 'create'] as const)('take over nothing of a client, with %s', async (onConflict) => {
    for (const row of [
      // Another date of birth, another given name, no date, another e-mail, another document.
      'Maria Clara Dias;52998224725;11987655505;dias@exemplo.com.br;09/09/2017',
      'Maria Eduarda Dias;52998224725;11987655505;;02/05/2014',
      'Maria Dias;52998224725;11987655505;;',
      'Maria Eduarda Dias;52998224725;;dias@exemplo.com.br;',
      'Maria Clara Dias;11144477735;11987655505;;',
    ]) {
      const { ana } = await openClinic();
      const document = row.includes('11144477735') ? '39053344705' : undefined;
      const { body } = await ana.api('POST /clients', { body: { ...sister, document } });
      const job = await importFile(ana, `nome;cpf;telefone;email;nascimento\n${row}`, { onConflict });
      expect(job).toMatchObject({ updated: 0, unchanged: 0 });
      expect(job.created + job.conflicts).toBe(1);
      if (onConflict === 'create') expect(job.created).toBe(1);
      expect((await ana.api('GET /clients/{id}', { params: { id: body.id } })).body).toEqual(body);
      const { body: history } = await ana.api('GET /clients/{id}/history', { params: { id: body.id } });
      expect(history.items).toHaveLength(1);
    }
  });

  it('are told apart where only one has a document', async () => {
    const { ana } = await openClinic();
    const file = [
      'Nome;CPF;Telefone;Data de nascimento',
      'Pedro Henrique Dias Famdoc;705.000.001-90;(11) 98765-5505;02/05/2014',
      'Pedro Lucas Dias Famdoc;;(11) 98765-5505;09/09/2017',
    ].join('\n');
    expect(await importFile(ana, file)).toMatchObject({ created: 2, conflicts: 0 });
    expect((await listAll(ana)).map(({ document }) => document).sort()).toEqual(['70500000190', null]);
  });

  it('with one CPF are a decision: a child has its mother’s, or a digit is wrong', async () => {
    for (const onConflict of ['skip', 'update', 'create'] as const) {
      const { ana } = await openClinic();
      const { body } = await ana.api('POST /clients', {
        body: { firstName: 'Rosa', lastName: 'Dias', document: '52998224725', dateOfBirth: '1980-01-01' },
      });
      const job = await importFile(
        ana,
        'nome;cpf;nascimento;cidade\nPedro Dias;52998224725;02/05/2014;Itu\nRosa Dias;52998224725;02/05/1981;Itu\nAna Dias;52998224725;;Itu\nRosa Lima;52998224725;;Itu\n',
        { onConflict },
      );
      expect(job).toMatchObject({ created: 0, updated: 1, conflicts: 3 });
      expect(job.problems.map(({ line, column, code }) => [line, column, code])).toEqual([
        [2, 2, 'document_of_another'],
        [3, 2, 'document_of_another'],
        [4, 2, 'document_of_another'],
      ]);
      // Same document, other surname: the same person after a wedding.
      const { body: rosa } = await ana.api('GET /clients/{id}', { params: { id: body.id } });
      expect(rosa).toMatchObject({ lastName: 'Lima', dateOfBirth: '1980-01-01', address: { city: 'Itu' } });
    }
  });

  it('are asked about where a row may be of two of them, or has no name', async () => {
    const { ana } = await openClinic();
    await importFile(ana, fileOf('telefone', families.slice(12, 14)), { onConflict: 'create' });
    const job = await importFile(
      ana,
      'nome;telefone;cpf;cidade\nJosé Reis;11987651607;;Itu\n;11987651607;52998224725;\n',
      { onConflict: 'create' },
    );
    expect(job).toMatchObject({ created: 0, updated: 0, conflicts: 2 });
    expect(job.problems.map(({ code }) => code)).toEqual(['several_matches', 'missing_name']);
  });
});

describe('people who come again', () => {
  /** Rows of other people in between, so that the rows before them are already written. */
  const filler = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `Outra Pessoa${String(at)};;119${String(40_000_000 + at)};;`);
  const header = 'nome;cpf;telefone;email;cidade';
  const people = [
    ['Alda Reis;52998224725;11987651001;;', 'Alda Reis;52998224725;11987651002;;', 'Bento Reis;;11987651001;;'],
    [
      'Caio Reis;;11987651003;;',
      'Caio Reis;;11987651003;caio@exemplo.com.br;Itu',
      'Caio Reis;;;caio@exemplo.com.br;Lins',
    ],
    ['Dora Reis;;;;', 'Dora Reis;;;;Tatuí', 'Dora Reis;;;;'],
    ['Elza Reis;11144477735;;;', 'Elza Reis;11144477735;;elza@exemplo.com.br;', 'Elza Lima;11144477735;;;Bauru'],
  ];
  /** More rows than are in memory at once. */
  const between = 9000;
  const rounds = [0, 1, 2].map((round) => people.map((rows) => rows[round] ?? ''));

  it('are met at any distance by any key, also in a dry run, and all is taken back', async () => {
    const contents = async (person: SignedIn) => {
      const { body } = await person.api('GET /clients', { query: { q: 'Reis', limit: 50 } });
      const { body: others } = await person.api('GET /clients', { query: { q: 'Elza', limit: 50 } });
      return [...body.items, ...others.items]
        .map(({ firstName, lastName, phone, email, city }) => [firstName, lastName, phone, email, city].join(' '))
        .sort();
    };
    const [near, far] = [await openClinic(), await openClinic()];
    const others = filler(2 * between);
    const apart = rounds.flatMap((rows, at) => [...rows, ...others.slice(between * at, between * (at + 1))]);
    expect(await importFile(near.ana, [header, ...rounds.flat()].join('\n'))).toMatchObject({
      ...{ status: 'done', created: 5, updated: 6, unchanged: 1, conflicts: 0 },
    });
    const numbers = { created: 5 + 2 * between, updated: 6, conflicts: 0, rejected: 0 };
    expect(await importFile(far.ana, [header, ...apart].join('\n'), { dryRun: 'true' })).toMatchObject({
      status: 'done',
      ...numbers,
    });
    const real = await importFile(far.ana, [header, ...apart].join('\n'));
    expect(real).toMatchObject({ status: 'done', ...numbers });
    expect(await contents(far.ana)).toEqual(await contents(near.ana));
    expect(await contents(far.ana)).toEqual([
      'Alda Reis +5511987651002  ',
      'Bento Reis +5511987651001  ',
      'Caio Reis +5511987651003 caio@exemplo.com.br Lins',
      'Dora Reis   Tatuí',
      'Elza Lima  elza@exemplo.com.br Bauru',
    ]);
    expect(await importFile(far.ana, [header, ...apart].join('\n'))).toMatchObject({
      status: 'done',
      created: 0,
      updated: 0,
      conflicts: 1,
    });
    expect(await undoImport(far.ana, real.id)).toMatchObject({
      status: 'undone',
      undo: { removed: 5 + 2 * between, kept: 0 },
    });
  }, 240_000);

  it('may have changed numbers with each other', async () => {
    const { ana } = await openClinic();
    const before = 'nome;cpf;telefone\nAlda;52998224725;11987651001\nBento;11144477735;11987651002\n';
    await importFile(ana, before);
    const swapped =
      'nome;cpf;telefone\nAlda;52998224725;11987651009\nBento;11144477735;11987651001\nAlda;52998224725;11987651002\n';
    const job = await importFile(ana, swapped);
    expect(job).toMatchObject({ status: 'done', updated: 3, conflicts: 0 });
    const phones = async () =>
      (await listAll(ana)).map(({ firstName, phone, sharedPhone }) => [firstName, phone, sharedPhone]).sort();
    expect(await phones()).toEqual([
      ['Alda', '+5511987651002', false],
      ['Bento', '+5511987651001', false],
    ]);
    // A client who gives up a number and gets it back has it unshared.
    const back = 'nome;cpf;telefone\nAlda;52998224725;11987651009\nAlda;52998224725;11987651002\n';
    expect(await importFile(ana, back)).toMatchObject({ status: 'done', updated: 0, unchanged: 2 });
    expect(await phones()).toEqual([
      ['Alda', '+5511987651002', false],
      ['Bento', '+5511987651001', false],
    ]);
  });

  it('are found among hundreds on one phone or e-mail, and nobody is added', async () => {
    for (const key of ['telefone;11987651000', 'email;recepcao@exemplo.com.br']) {
      const { ana } = await openClinic();
      const [name = '', value = ''] = key.split(';');
      const rows = Array.from({ length: 400 }, (_, at) => {
        const birth = `${String(1950 + (at % 60))}-01-0${String(1 + (at % 9))}`;
        return `Ana ${at % 3 === 0 ? 'Souza' : `Nome${String(at)}`};${value};${birth};Cidade ${String(at)}`;
      });
      const file = [`nome;${name};nascimento;cidade`, ...rows].join('\n');
      const made = await importFile(ana, file, { onConflict: 'create' });
      expect(made).toMatchObject({ status: 'done', conflicts: 0, rejected: 0 });
      const again = await importFile(ana, file, { onConflict: 'create' });
      expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 400, conflicts: 0 });
    }
  });
});
