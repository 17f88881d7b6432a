import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { waitForRetryAfter } from '../smoke/patience.ts';
import type { StepResult } from '../smoke/report.ts';
import { startSmtpSink } from '../../server/mail/testing/smtp-sink.ts';
import { hasDovecot, startDovecot } from '../testing/dovecot.ts';
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
    // Ana is signed in now, and the check of the device limit must not sign her out.
    const again = await runAcolhe(args, {});
    const limit = (JSON.parse(again.stdout) as { results: StepResult[] }).results.find(
      ({ name }) => name === 'device limit',
    );
    expect(limit).toMatchObject({ outcome: 'skipped', detail: expect.stringContaining('in use elsewhere') as string });
    expect((await ana.api('GET /me')).status).toBe(200);
  });

  it(
    'clicks through the web app at both sizes, and leaves nothing listed there either',
    { timeout: 240_000 },
    async () => {
      await server.createClinic('clicks.example');
      const email = 'bruno@clicks.example';
      const { code, stdout, stderr } = await runAcolhe(
        ['smoke', '--base-url', server.address, '--email', email, '--browser'],
        {},
      );
      expect({ code, stdout, stderr }).toMatchObject({
        code: 0,
        stdout: expect.not.stringMatching(/^failed/m) as string,
      });
      expect(stdout).toMatch(/^passed {2}web app on a phone /m);
      expect(stdout).toMatch(/^passed {2}web app on a computer /m);
      const bruno = await server.signIn(email);
      expect((await bruno.api('GET /auth/sessions')).body.items).toHaveLength(1);
      expect((await bruno.api('GET /clients')).body.items).toEqual([]);
    },
  );

  it('says so in the report when no browser can be started', { timeout: 90_000 }, async () => {
    await server.createClinic('none.example');
    const junit = join(folder, 'none.xml');
    const args = ['smoke', '--base-url', server.address, '--email', 'ana@none.example', '--browser'];
    const { code, stdout } = await runAcolhe([...args, '--chromium', '/nowhere', '--junit', junit], {});
    expect(code).toBe(1);
    expect(stdout).toMatch(/^failed {2}a browser .*install Chrome, or name one with --chromium/m);
    expect(await readFile(junit, 'utf8')).toContain('failures="1"');
  });

  it('tells by the servers’ own count when something answered 500 or above meanwhile', async () => {
    let asked = 0;
    const metrics = createServer((_request, response) => {
      response.end(
        `acolhe_http_request_duration_seconds_count{method="GET",route="/x",status="500"} ${String(++asked)}\n`,
      );
    }).listen(0, '127.0.0.1');
    await once(metrics, 'listening');
    onTestFinished(() => {
      metrics.close();
    });
    const url = `http://127.0.0.1:${String((metrics.address() as AddressInfo).port)}/metrics`;
    const args = ['smoke', '--base-url', server.address, '--metrics-url', url];
    const run = await runAcolhe(args, { METRICS_TOKEN: 'known here' });
    expect(run).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^failed {2}no answer of 500 or above .*1 meanwhile/m) as string,
    });
    const untold = await runAcolhe(args, { METRICS_TOKEN: '' });
    expect(untold.stdout).toMatch(/^skipped no answer of 500 or above .*METRICS_TOKEN is not set/m);
  });

  it('waits where a server asks for less than a minute’s patience, and not where for more', async () => {
    await waitForRetryAfter('1');
    await expect(waitForRetryAfter('3600')).rejects.toThrow('takes more in 3600 s');
    await expect(waitForRetryAfter(null)).rejects.toThrow();
  });

  it('fails when there is no way to a code', async () => {
    const sink = await startSmtpSink();
    onTestFinished(() => sink.close());
    const mailing = await startTestServer({ EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(sink.port) });
    onTestFinished(() => mailing.stop());
    const run = await runAcolhe(['smoke', '--base-url', mailing.address, '--email', 'ana@way.example'], {});
    expect(run).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^failed {2}sign-in by code .*no way to a code/m) as string,
    });
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

  it.runIf(hasDovecot)('takes its codes from the mailbox they arrive in', { timeout: 90_000 }, async () => {
    const email = 'ana@imap.example';
    const password = 'uma senha com @/#% & ç';
    const imap = await startDovecot(email, password);
    onTestFinished(() => imap.stop());
    const sink = await startSmtpSink();
    onTestFinished(() => sink.close());
    const mailing = await startTestServer({ EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(sink.port) });
    onTestFinished(() => mailing.stop());
    await mailing.createClinic('imap.example');
    // Older mails and mails to others contain six digits too.
    await imap.deliver(`To: ${email}\r\nSubject: old\r\n\r\n111111\r\n`);
    let delivered = 0;
    const postman = setInterval(() => {
      for (; delivered < sink.received.length; delivered++) {
        void imap.deliver('To: bruno@imap.example\r\nSubject: other\r\n\r\n222222\r\n');
        void imap.deliver(sink.received[delivered]?.source ?? '');
      }
    }, 200);
    onTestFinished(() => {
      clearInterval(postman);
    });
    const run = (url: string, env = {}) =>
      runAcolhe(['smoke', '--base-url', mailing.address, '--email', email, ...(url === '' ? [] : ['--imap', url])], {
        NODE_EXTRA_CA_CERTS: imap.certificate,
        ...env,
      });
    const user = `${encodeURIComponent(email)}:${encodeURIComponent(password)}`;
    const tls = `imaps://${user}@localhost:${String(imap.ports.imaps)}`;

    const passed = await run('', { SMOKE_IMAP_URL: tls });
    expect(passed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^passed {2}device limit /m) as string });
    // The mails to this account are deleted, the others stay.
    expect(await imap.count()).toBe(1 + delivered);
    const startTls = await run(`imap://${user}@localhost:${String(imap.ports.imap)}/INBOX`);
    expect(startTls).toMatchObject({ code: 0 });

    const wrong = await run(tls.replace('uma', 'outra'));
    expect(wrong).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^failed {2}sign-in by code .*localhost does not let in by IMAP: .+/m) as string,
    });
    const untrusted = await run(tls, { NODE_EXTRA_CA_CERTS: '' });
    expect(untrusted.stdout).toMatch(
      /^failed {2}sign-in by code .*does not let in by IMAP: DEPTH_ZERO_SELF_SIGNED_CERT/m,
    );
    const unread = await run(`https://${user}@localhost`);
    expect(unread).toMatchObject({ code: 1, stdout: '' });
    for (const { stdout, stderr } of [wrong, untrusted, unread]) expect(stdout + stderr).not.toMatch(/senha/);
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
