import { mkdtemp } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { runAcolhe, startAcolhe } from '../testing/run-acolhe.ts';

// Each command is a process, and a busy machine starts few of them a second.
vi.setConfig({ testTimeout: 90_000 });

describe('acolhe serve', () => {
  let database: TestDatabase;
  let unmigrated: TestDatabase;
  let env: Record<string, string>;

  beforeAll(async () => {
    [database, unmigrated] = await Promise.all([createTestDatabase(), createEmptyDatabase()]);
    env = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-cli-')), LOG_LEVEL: 'info' };
  });
  afterAll(() => Promise.all([database.drop(), unmigrated.drop()]));

  it('serves until SIGTERM, then ends by itself', async () => {
    const child = startAcolhe(['serve'], { ...env, DATABASE_URL: database.url });
    const ended = once(child, 'exit');
    if (child.stdout === null) throw new Error('no output to read');
    for await (const line of createInterface(child.stdout)) {
      const { event, address } = (line.startsWith('{') ? JSON.parse(line) : {}) as { event?: string; address?: string };
      if (event !== 'listening') continue;
      const response = await fetch(`${address ?? ''}/readyz`);
      expect(response.status).toBe(200);
      break;
    }
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('gives requests their rights back where a restore has lost them', async () => {
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query(`do $$ declare t record; begin
      for t in select c.relname as table, a.grantee::regrole as role from pg_class c, aclexplode(c.relacl) a
        where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner and c.relkind = 'r'
      loop execute format('revoke all on %I from %s', t.table, t.role); end loop; end $$`);
    await client.end();
    const at = { ...env, DATABASE_URL: database.url };
    const check = await runAcolhe(['migrate', '--check'], at);
    expect(check).toMatchObject({ code: 1, stdout: expect.stringMatching(/^rights_missing: .*\n {2}→ run/) as string });
    expect((await runAcolhe(['check'], at)).stdout).toContain('acolhe.D019 rights_missing');
    const child = startAcolhe(['serve'], at);
    const ended = once(child, 'exit');
    if (child.stdout === null) throw new Error('no output to read');
    for await (const line of createInterface(child.stdout)) if (line.includes('"event":"listening"')) break;
    child.kill('SIGTERM');
    await ended;
    expect((await runAcolhe(['migrate', '--check'], at)).code).toBe(0);
  });

  it('does not start on a database that lacks migrations, and leaves it as it is', async () => {
    const { code, stderr } = await runAcolhe(['serve'], { ...env, DATABASE_URL: unmigrated.url });
    expect(code).toBe(1);
    expect(stderr).toContain('run `acolhe migrate` first');
    expect((await runAcolhe(['migrate', '--check'], { ...env, DATABASE_URL: unmigrated.url })).code).toBe(1);
  });
});
