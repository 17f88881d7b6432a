import { connect } from 'node:tls';
import { expectThat, type Report, Skipped } from './report.ts';

const day = 86_400_000;

/** Checks without signing in: health, TLS, headers, the web app, and that data requires a sign-in. */
export async function checkTransport(
  report: Report,
  baseUrl: string,
  expectedCommit: string | undefined,
): Promise<void> {
  const base = new URL(baseUrl);
  await report.step('health', async () => {
    const { version, commit } = await readHealth(baseUrl);
    expectThat(
      expectedCommit === undefined || commit.startsWith(expectedCommit),
      `commit ${commit} runs, not ${expectedCommit ?? ''}`,
    );
    return [`version ${version}, commit ${commit}`, undefined];
  });
  await report.step('readiness', async () => {
    const answer = await fetch(`${baseUrl}/readyz`);
    const body = await answer.text();
    if (answer.status === 404) throw new Skipped('the proxy keeps it to itself');
    expectThat(answer.status === 200, `/readyz answers ${String(answer.status)}: ${body.slice(0, 200)}`);
    return ['database, migrations, rights, writing and worker', undefined];
  });
  await report.step('certificate', async () => {
    if (base.protocol === 'http:') throw new Skipped('the address is http');
    const days = Math.floor(((await readCertificateEnd(base)) - Date.now()) / day);
    expectThat(days >= 14, `the certificate ends in ${String(days)} days`);
    return [`valid for ${String(days)} days`, undefined];
  });
  await report.step('http is sent to https', async () => {
    if (base.protocol === 'http:') throw new Skipped('the address is http');
    const answer = await fetch(`http://${base.hostname}/entrar`, { redirect: 'manual' });
    const to = answer.headers.get('location') ?? '';
    expectThat(
      [301, 302, 307, 308].includes(answer.status) && to.startsWith('https://'),
      `http answers ${String(answer.status)} ${to}`,
    );
    return [`${String(answer.status)} to ${to}`, undefined];
  });
  await report.step('security headers', () => checkHeaders(baseUrl, base.protocol === 'https:'));
  await report.step('web app', () => checkWebApp(baseUrl));
  await report.step('data is behind a sign-in', async () => {
    for (const path of ['/clients', '/me', '/professionals', '/audit']) {
      const answer = await fetch(`${baseUrl}/api/v1${path}`);
      await answer.body?.cancel();
      expectThat([401, 404].includes(answer.status), `${path} answers ${String(answer.status)} to a stranger`);
    }
    return ['401 to strangers', undefined];
  });
}

/** Reads `/healthz`. Throws if the response is not as documented. */
async function readHealth(baseUrl: string): Promise<{ readonly version: string; readonly commit: string }> {
  const answer = await fetch(`${baseUrl}/healthz`, { redirect: 'manual' });
  expectThat(answer.status === 200, `/healthz answers ${String(answer.status)}`);
  const { status, version, commit } = (await answer.json()) as { status?: string; version?: string; commit?: string };
  expectThat(
    status === 'ok' && version !== undefined && commit !== undefined,
    '/healthz does not tell version and commit',
  );
  return { version, commit };
}

async function checkWebApp(baseUrl: string): Promise<[string, undefined]> {
  const answer = await fetch(`${baseUrl}/entrar`);
  const page = await answer.text();
  if (answer.status === 404) throw new Skipped('this address serves the API alone');
  expectThat(answer.status === 200 && page.includes('<script'), `/entrar answers ${String(answer.status)} and no page`);
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
  expectThat(script !== undefined, 'the page names no script');
  const asset = await fetch(`${baseUrl}${script}`);
  expectThat(asset.status === 200, `${script} answers ${String(asset.status)}`);
  return [`page and ${script}`, undefined];
}

async function checkHeaders(baseUrl: string, https: boolean): Promise<[string, undefined]> {
  for (const path of ['/entrar', '/api/v1/me', '/api/v1/nowhere']) {
    const { headers, body } = await fetch(`${baseUrl}${path}`);
    await body?.cancel();
    const header = (name: string): string => headers.get(name) ?? '';
    const policy = header('content-security-policy');
    const scripts = /script-src([^;]*)/.exec(policy)?.[1] ?? '';
    expectThat(header('x-content-type-options') === 'nosniff', `${path}: no X-Content-Type-Options`);
    expectThat(header('referrer-policy') !== '', `${path}: no Referrer-Policy`);
    expectThat(policy.includes("frame-ancestors 'none'"), `${path}: may be framed`);
    expectThat(scripts !== '' && !scripts.includes('unsafe'), `${path}: the policy lets any script run`);
    expectThat(
      !https || /max-age=[1-9]/.test(header('strict-transport-security')),
      `${path}: no Strict-Transport-Security`,
    );
    expectThat(!path.startsWith('/api/') || header('cache-control').includes('no-store'), `${path}: may be cached`);
  }
  return ['CSP, nosniff, referrer, framing, caching', undefined];
}

function readCertificateEnd({ hostname, port }: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 443), servername: hostname, timeout: 10_000 }, () => {
      resolve(Date.parse(socket.getPeerCertificate().valid_to));
      socket.end();
    });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
  });
}
