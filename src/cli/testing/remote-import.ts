import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { type Run, runAcolhe } from './run-acolhe.ts';

interface Result {
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly conflicts: number;
  readonly rejected: number;
  readonly problems: readonly { readonly line: number; readonly code: string; readonly value: string }[];
}

/** Parses what the command printed; expects exit code 0. */
export const parseResult = (run: Run): Result => {
  expect(run).toMatchObject({ code: 0 });
  return JSON.parse(run.stdout) as Result;
};

/** The clinic that imports, on a server that runs for all tests of a file. */
interface Importing {
  readonly here: TestServer;
  readonly env: Readonly<Record<string, string>>;
  readonly bruno: SignedIn;
}

/** Creates a clinic before the tests of a file, and a function that runs `acolhe import-remote` for it. */
export function setUpImporting() {
  // Each command is a process, and a busy machine starts few of them a second.
  vi.setConfig({ testTimeout: 120_000 });
  let clinic: Importing | undefined;
  beforeAll(async () => {
    const here = await startTestServer();
    await here.createClinic('here.example');
    const bruno = await here.signIn('bruno@here.example');
    const env = { DATABASE_URL: here.database.url, DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-cli-')) };
    clinic = { here, env, bruno };
  });
  afterAll(() => clinic?.here.stop());
  const opened = (): Importing => {
    if (clinic === undefined) throw new Error('it is opened before the first test');
    return clinic;
  };
  const importFrom = (
    base: string,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<Run> =>
    runAcolhe(['import-remote', '--api-base', base, '--professional', 'bruno@here.example', '--json', ...args], {
      ...opened().env,
      ...more,
    });
  return { opened, importFrom };
}
