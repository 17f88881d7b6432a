import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { sql } from '../../db/sql.ts';
import { writeCsvCell } from '../../http/csv.ts';

/** Parses CSV strictly by RFC 4180. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw new Error(`not CSV at ${at}: ${text.slice(at, at + 40)}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe('writeCsvCell', () => {
  it.each<[value: unknown, cell: string]>([
    [null, ''],
    [undefined, ''],
    ['Ana', 'Ana'],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['a "b"', '"a ""b"""'],
    ['a\nb', '"a\nb"'],
    ['=1+1', "'=1+1"],
    ['+5511987654321', "'+5511987654321"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    // Programs that split at tabs or line ends must find no formula either.
    ['\t=1', "'\t'=1"],
    ['\r=1', '"\'\r\'=1"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    [{ a: '1' }, '"{""a"":""1""}"'],
  ])('writes %j as %s', (value, cell) => {
    expect(writeCsvCell(value)).toBe(cell);
  });

  it('gives any text back to a CSV reader, and no spreadsheet anything to run', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const [read = []] = parseCsv(`${cells.map((cell) => writeCsvCell(cell)).join(',')}\r\n`);
        expect(read.map((cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell))).toEqual(
          cells.map((cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)),
        );
        expect(read.some((cell) => /^[=+\-@\t\r]/.test(cell))).toBe(false);
      }),
    );
  });
});

describe('GET /clients/export.csv', () => {
  let server: TestServer;
  let ana: SignedIn;
  let bruno: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('saida.test');
    [ana, bruno] = await Promise.all([server.signIn('ana@saida.test'), server.signIn('bruno@saida.test')]);
    await bruno.api('POST /clients', {
      body: {
        firstName: 'Ágata',
        lastName: '=cmd|calc',
        phone: '(11) 98765-4321',
        address: { city: 'São Paulo' },
        tags: ['um', 'dois'],
        notes: 'linha 1\nlinha "2"',
        extra: { Origem: 'site' },
      },
    });
    await bruno.api('POST /clients', { body: { firstName: 'Bia', tags: ['um'] } });
    await ana.api('POST /clients', { body: { firstName: 'Caio' } });
  });
  afterAll(() => server.stop());

  async function download(who: SignedIn, query = '') {
    const response = await fetch(`${server.address}/api/v1/clients/export.csv${query}`, {
      headers: { authorization: `Bearer ${who.accessToken}` },
    });
    const [header = [], ...rows] = parseCsv(response.status === 200 ? await response.text() : '');
    return { response, header, rows: rows.map((row) => Object.fromEntries(header.map((name, n) => [name, row[n]]))) };
  }

  it('holds every field of every client, safe for a spreadsheet', async () => {
    const { response, header, rows } = await download(ana);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="clientes.csv"');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(header).toHaveLength(32);
    expect(rows.map(({ firstName }) => firstName)).toEqual(['Ágata', 'Bia', 'Caio']);
    expect(rows[0]).toMatchObject({
      lastName: "'=cmd|calc",
      phone: "'+5511987654321",
      'address.city': 'São Paulo',
      tags: 'um|dois',
      notes: 'linha 1\nlinha "2"',
      extra: '{"Origem":"site"}',
      document: '',
      professionalEmail: 'bruno@saida.test',
      archivedAt: '',
    });
  });

  it('holds the list as it is filtered and seen', async () => {
    const names = async (who: SignedIn, query?: string) =>
      (await download(who, query)).rows.map((row) => row['firstName']);
    expect(await names(bruno)).toEqual(['Ágata', 'Bia']);
    expect(await names(ana, '?q=agata')).toEqual(['Ágata']);
    expect(await names(ana, '?tag=um&q=bi')).toEqual(['Bia']);
    expect(await names(ana, '?status=archived')).toEqual([]);
    expect((await download(ana, '?limit=1')).response.status).toBe(422);
  });

  it('holds archived clients too, after the active ones, if they are wanted', async () => {
    await server.createClinic('arquivo.test');
    const other = await server.signIn('bruno@arquivo.test');
    for (const firstName of ['Ada', 'Bia', 'Caio']) await other.api('POST /clients', { body: { firstName } });
    const { body } = await other.api('GET /clients', { query: { q: 'Ada' } });
    await other.api('DELETE /clients/{id}', { params: { id: body.items[0]?.id ?? '' }, headers: { 'if-match': '*' } });
    const { rows } = await download(other, '?status=all');
    expect(rows.map(({ firstName, archivedAt }) => [firstName, archivedAt === ''])).toEqual([
      ['Bia', true],
      ['Caio', true],
      ['Ada', false],
    ]);
  });

  it('is not for reception', async () => {
    const carla = await server.signIn('carla@saida.test');
    expect((await download(carla)).response.status).toBe(403);
  });

  it('streams thousands of clients, each once', async () => {
    await server.createClinic('muitos.test');
    await server.db.system((tx) =>
      tx.run(
        sql`insert into clients (clinic_id, professional_id, first_name)
          select clinic_id, id, 'Cliente ' || n % 10 from professionals, generate_series(1, 1700) as n
          where email = 'bruno@muitos.test'`,
      ),
    );
    const { rows } = await download(await server.signIn('ana@muitos.test'));
    expect(rows).toHaveLength(1700);
  });
});
