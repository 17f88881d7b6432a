import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import type { StepResult } from '../smoke/report.ts';
import { runAcolhe } from '../testing/run-acolhe.ts';

describe('acolhe smoke', () => {
  let server: TestServer;
  let folder: string;

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('smoke.example');
    folder = await mkdtemp(join(tmpdir(), 'acolhe-smoke-'));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it('goes through a deployment as its users would, and leaves no session and no listed client', async () => {
    const junit = join(folder, 'smoke.xml');
    const args = ['smoke', '--base-url', server.address, '--email', 'ana@smoke.example', '--json', '--junit', junit];
    const { code, stdout } = await runAcolhe(args, {});
    const { ok, results } = JSON.parse(stdout) as { ok: boolean; results: StepResult[] };
    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    const passed = results.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name);
    expect(passed).toEqual(
      expect.arrayContaining([
        'health',
        'readiness',
        'security headers',
        'sign-in by code',
        'refresh keeps the session',
        'clients',
        'quick edit',
        'nothing stays in the list',
        'device limit',
        'sign-out',
      ]),
    );
    const xml = await readFile(junit, 'utf8');
    expect(xml).toContain(`tests="${String(results.length)}" failures="0"`);
    expect(xml.match(/<testcase /g)).toHaveLength(results.length);
    const ana = await server.signIn('ana@smoke.example');
    expect((await ana.api('GET /auth/sessions')).body.items).toHaveLength(1);
    expect((await ana.api('GET /clients')).body.items).toEqual([]);
    // Somebody is signed in now: nobody is put out for a test of the limit.
    const again = await runAcolhe(args, {});
    const limit = (JSON.parse(again.stdout) as { results: StepResult[] }).results.find(
      ({ name }) => name === 'device limit',
    );
    expect(limit).toMatchObject({ outcome: 'skipped', detail: expect.stringContaining('in use elsewhere') as string });
    expect((await ana.api('GET /me')).status).toBe(200);
  });

  it('works with one code that was given', async () => {
    const code = await server.fetchCode('bruno@smoke.example');
    const run = await runAcolhe(
      ['smoke', '--base-url', server.address, '--email', 'bruno@smoke.example', '--code', code],
      {},
    );
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^passed {2}sign-in by code .*: as professional/m);
    expect(run.stdout).toMatch(/^skipped device limit .*needs a code for each device/m);
    expect(run.stderr).toMatch(/^\d+ passed, 0 failed, \d+ skipped\n$/);
  });

  it('fails by name on another release, a wrong code, and a server that is none', async () => {
    const other = await runAcolhe(['smoke', '--base-url', server.address, '--expect-commit', 'fffffff'], {});
    expect(other).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^failed {2}health .*runs, not fffffff/m) as string,
    });
    const wrong = await runAcolhe(
      ['smoke', '--base-url', server.address, '--email', 'carla@smoke.example', '--code', '000000'],
      {},
    );
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringMatching(/^failed {2}sign-in by code/m) as string });
    const open = createServer((_request, response) => response.end('<script></script>')).listen(0, '127.0.0.1');
    await once(open, 'listening');
    onTestFinished(() => {
      open.close();
    });
    const address = `http://127.0.0.1:${String((open.address() as AddressInfo).port)}`;
    const none = await runAcolhe(['smoke', '--base-url', address], {});
    expect(none.code).toBe(1);
    for (const name of ['health', 'security headers', 'web app', 'data is behind a sign-in'])
      expect(none.stdout).toMatch(new RegExp(`^failed {2}${name} `, 'm'));
    expect(await runAcolhe(['smoke', '--base-url', 'clinica.example'], {})).toMatchObject({ code: 1, stdout: '' });
  });
});
