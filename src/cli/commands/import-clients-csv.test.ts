import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { runAcolhe } from '../testing/run-acolhe.ts';

// Each command is a process, and a busy machine starts few of them a second.
vi.setConfig({ testTimeout: 90_000 });

let server: TestServer;
let bruno: SignedIn;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  await server.createClinic('arquivo.example');
  bruno = await server.signIn('bruno@arquivo.example');
  folder = await mkdtemp(join(tmpdir(), 'acolhe-import-'));
});
afterAll(() => server.stop());

async function importText(content: string, ...args: string[]) {
  const file = join(folder, 'lista.csv');
  await writeFile(file, content);
  return runAcolhe(['import-clients-csv', file, '--professional', 'bruno@arquivo.example', ...args], {
    DATABASE_URL: server.database.url,
    DATA_DIR: folder,
  });
}

const countClients = async (): Promise<number> => (await bruno.api('GET /clients')).body.items.length;

it('tells the numbers of an import by the names they have over HTTP', async () => {
  const rejected = join(folder, 'rejected.csv');
  const run = await importText('nome;fone\nAna;11987650001\nBia;x\n', '--json', '--rejected', rejected);
  expect(run.code).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({
    ...{ status: 'done', total: 2, processed: 2, created: 1, updated: 0, unchanged: 0, conflicts: 0, rejected: 1 },
    problems: [{ line: 3, column: 2, code: 'invalid_phone', value: 'x' }],
  });
  expect(await readFile(rejected, 'utf8')).toContain('Bia;x;3;');
  expect(await countClients()).toBe(1);
});

it('imports nothing when what is refused could not be written down', async () => {
  const before = await countClients();
  for (const place of [join(folder, 'none', 'rejected.csv'), folder]) {
    const run = await importText('nome;fone\nCaio;11987650003\n', '--rejected', place);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain(`--rejected ${place} cannot be written`);
  }
  expect(await countClients()).toBe(before);
});

it('says how many refused rows it does not name', async () => {
  const rows = Array.from({ length: 25 }, (_, n) => `Rui ${String(n)};x\n`).join('');
  const run = await importText(`nome;fone\n${rows}`, '--json', '--dry-run');
  const outcome = JSON.parse(run.stdout) as { problems: unknown[]; moreProblems: number };
  expect([outcome.problems.length, outcome.moreProblems]).toEqual([20, 5]);
});

it('gives clients to nobody whose role has none', async () => {
  const before = await countClients();
  const run = await importText('nome;fone\nCaio;11987650003\n', '--professional', 'carla@arquivo.example');
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain('carla@arquivo.example cannot have clients');
  expect(await countClients()).toBe(before);
});

it('says in which line and column a file is wrong as a whole', async () => {
  const run = await importText('nome;fone;Fone\nDavi;11987650004;\n');
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain('line 1, column 3: Two columns are named “Fone”.');
});
