import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { becomeApplication, recordStatements, measureFastest } from '../../../../tests/support/statements.ts';
import { percentile } from '../../../../tests/faults/load.ts';
import type { Compiled } from '../../db/sql.ts';
import { readClientPage } from './list-queries.ts';

/** 240,000 different words of three to five syllables. They are more alike than names, so near search is harder. */
const manyWords = `
  insert into client_words select $1::uuid, word from (
    select distinct part[1 + n % 31] || part[1 + n / 31 % 31] || part[1 + n / 961 % 31]
      || case when n % 3 = 0 then part[1 + n % 7] else '' end || part[1 + n / 29791 % 31] as word
    from generate_series(1, 300000) as n, (
      select array['ba','ce','di','fo','gu','la','me','ni','pro','qui','ra','se','ti','vo','xa','ze','lhao','nco','bri','cla',
        'da','fe','go','hi','ju','ko','lu','mar','ne','or','pe'] as part
    ) as parts
  ) as made limit 240000`;

const unknownWords = Array.from({ length: 25 }, (_, n) => `zq${String.fromCharCode(97 + n)}wxk`);

describe('searching where 240,000 words are known', () => {
  let server: TestServer;
  let attacker: SignedIn;
  let other: SignedIn;
  let client: pg.Client;
  let clinic = '';

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('palavras.test');
    await server.createClinic('vizinha.test');
    [attacker, other] = await Promise.all([server.signIn('bruno@palavras.test'), server.signIn('bruno@vizinha.test')]);
    client = new pg.Client(server.database.adminUrl);
    await client.connect();
    const { rows } = await client.query<{ clinic_id: string }>(
      `select clinic_id from professionals where email = 'bruno@palavras.test'`,
    );
    clinic = rows[0]?.clinic_id ?? '';
    // Rows before the index, which is faster.
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select indexrelid::regclass as name, pg_get_indexdef(indexrelid) as definition from pg_index
        where indrelid = 'client_words'::regclass and not indisprimary`,
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await client.query(manyWords, [clinic]);
    for (const { definition } of indexes) await client.query(definition);
    await client.query('vacuum analyze client_words');
    for (const lastName of ['Pereira', 'Gonçalves', 'Magalhães'])
      await attacker.api('POST /clients', { body: { firstName: 'Conceição', lastName } });
    await becomeApplication(client, clinic);
  }, 180_000);
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  /** Milliseconds that the database needs for what a search sends when nothing matches exactly. */
  async function timeOf(query: string, near: boolean): Promise<number> {
    const request = {
      query,
      near,
      conditions: { status: 'active', sort: 'name' },
      after: undefined,
      limit: 50,
    } as const;
    const statements = await recordStatements(client, (tx) => readClientPage(tx, request, 1000));
    const run = async ({ sql, parameters }: Compiled<unknown>): Promise<number> => {
      const begun = performance.now();
      await client.query(sql, [...parameters]);
      return performance.now() - begun;
    };
    return measureFastest(
      client,
      async () => {
        let spent = 0;
        for (const statement of statements) spent += await run(statement);
        return spent;
      },
      100,
    );
  }

  it.each([
    ['twenty-five unknown words', unknownWords.join(' ')],
    ['six unknown words', unknownWords.slice(0, 6).join(' ')],
    ['one unknown word', 'goncalvez'],
    ['two hundred letters', 'ba'.repeat(100)],
    ['a hundred words of a letter', Array.from({ length: 100 }, (_, n) => 'abcdefghij'[n % 10]).join(' ')],
  ])('costs less than 100 ms for %s', async (_, query) => {
    expect(await timeOf(query, false)).toBeLessThan(100);
    expect(await timeOf(query, true)).toBeLessThan(100);
  });

  it('still finds every word that is near, however many there are', async () => {
    const typed = ['bacelxdi', 'cediwaba', 'laproba', 'marquiseva', 'babaxxba', 'ebacelani', 'xxlaprobafo'];
    const { rows } = await client.query<{ found: string[]; wanted: string[] }>(
      `select app.near_words(w, 2, 1000000) as found, array(
          select word from client_words where length(word) between length(w) - 2 and length(w) + 2
            and levenshtein_less_equal(word, w, 2) <= 2 order by levenshtein(word, w), word limit 4
        ) as wanted from unnest($1::text[]) as w`,
      [typed],
    );
    for (const { found, wanted } of rows) expect(found).toEqual(wanted);
    const { body } = await attacker.api('GET /clients', { query: { q: 'conceisao pereyra' } });
    expect(body.items.map(({ lastName }) => lastName)).toEqual(['Pereira']);
  });

  it('thirty at once are answered, and the clinic next door notices nothing', async () => {
    const list = async (): Promise<number> => {
      const begun = performance.now();
      await other.api('GET /clients');
      return performance.now() - begun;
    };
    const search = async (n: number): Promise<number> => {
      const query = {
        q: unknownWords
          .slice(n % 6)
          .join(' ')
          .slice(0, 200),
      };
      return (await attacker.api('GET /clients', { query })).status;
    };
    const glance = async (): Promise<number> => (await attacker.api('GET /clients')).status;
    /** Milliseconds for another clinic's list while thirty requests are answered at once. */
    const listDuring = async (ask: (n: number) => Promise<number>): Promise<number[]> => {
      const asked = Promise.all(Array.from({ length: 30 }, (_, n) => ask(n)));
      const times: number[] = [];
      for (let n = 0; n < 4; n++) times.push(await list());
      for (const status of await asked) expect(status).toBe(200);
      return times;
    };
    // Warm up: prepares the statements on all connections.
    await listDuring(search);
    const plain: number[] = [];
    const searching: number[] = [];
    for (let round = 0; round < 5; round++) {
      plain.push(...(await listDuring(glance)));
      searching.push(...(await listDuring(search)));
    }
    // Compared with thirty plain lists at the same time, which are slow as well when the machine is busy.
    expect(percentile(searching, 0.95)).toBeLessThan(Math.max(250, 3 * percentile(plain, 0.95)));
  }, 120_000);
});
