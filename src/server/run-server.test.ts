import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEmptyDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { processEnvironment, programs } from '../../tests/support/program.ts';

// Each command is a process, and a busy machine starts few of them per second.
vi.setConfig({ testTimeout: 90_000 });

describe('the product as one process', () => {
  let database: TestDatabase;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    const dataDir = await mkdtemp(join(tmpdir(), 'acolhe-run-'));
    env = { ...processEnvironment, DATABASE_URL: database.url, DATA_DIR: dataDir, HOST: '127.0.0.1' };
  });
  afterAll(() => database.drop());

  const start = (extra: Record<string, string>) =>
    spawn(process.execPath, [programs.server], {
      env: { ...env, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('greets with its address, the demo people and where codes arrive, and nothing else; SIGINT ends it', async () => {
    const child = start({ PORT: '0' });
    const ended = once(child, 'exit');
    let greeting = '';
    for await (const chunk of child.stdout) {
      greeting += String(chunk);
      if (greeting.includes('Ctrl-C')) break;
    }
    const address = /Acolhe está pronto em (http:\S+)/.exec(greeting)?.[1] ?? '';
    expect(greeting).toContain(`O código de acesso chega em ${address}/dev/mailbox`);
    for (const name of ['ana', 'bruno', 'carla']) expect(greeting).toContain(`${name}@exemplo.acolhe`);
    expect(greeting).not.toContain('{');
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });

  it('says in one line that its port is taken, and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const child = start({ PORT: port });
    const [stderr, exit] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(exit).toEqual([1, null]);
    expect(stderr).toBe(`Port ${port} is taken: stop what uses it, or set PORT to another.\n`);
    other.close();
  });
});
