import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { runAcolhe } from '../testing/run-acolhe.ts';

/** False where the sources were unpacked without git. */
const hasHistory = existsSync(join(import.meta.dirname, '..', '..', '..', '.git'));

describe.runIf(hasHistory)('acolhe rollback-plan', () => {
  let database: TestDatabase;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    env = { DATABASE_URL: database.url, DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-plan-')) };
  });
  afterAll(async () => {
    await database.drop();
    await rm(env['DATA_DIR'] ?? '', { recursive: true, force: true });
  });

  it('gives the steps, and says of this very release that it can run', async () => {
    const { code, stdout, stderr } = await runAcolhe(['rollback-plan', '--to', 'HEAD'], env);
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/HEAD can run on this schema\n$/) as string,
    });
    expect(stdout).toMatch(/^1\. acolhe backup --verify\n2\. deploy [0-9a-f]{40} without/m);
  });

  it('refuses a release that nobody knows', async () => {
    const run = await runAcolhe(['rollback-plan', '--to', 'v0.0.0-nowhere'], env);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(/^v0\.0\.0-nowhere is no release that this checkout knows/);
  });
});
