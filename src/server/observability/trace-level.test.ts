import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { sql } from '../db/sql.ts';
import { linesWith, mailedCode, sender } from '../features/auth/testing/requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ LOG_LEVEL: 'trace', METRICS_TOKEN: 'uma-chave-de-medidas-bem-comprida' });
  await server.createClinic('rastro.test');
});
afterAll(() => server.stop());

/** Uses the server with every kind of secret and personal data. @returns those values */
async function passThrough(): Promise<string[]> {
  const send = sender(server.address);
  const email = 'ana@rastro.test';
  await send('POST', '/api/v1/auth/codes', { body: { email } });
  const code = await mailedCode(send, email);
  const wrong = await send('POST', '/api/v1/auth/sessions', {
    body: { email, code: 'x', device: { id: 'aparelho-secreto' }, transport: 'bearer' },
  });
  expect(wrong.status).toBe(422);
  const signedIn = await send('POST', '/api/v1/auth/sessions', {
    body: { email, code, device: { id: 'aparelho-secreto' }, transport: 'cookie' },
  });
  const tokens = signedIn.cookies.map((cookie) => cookie.replace(/^[^=]*=([^;]*);.*$/, '$1'));
  const cookie = signedIn.cookies.map((each) => each.split(';')[0]).join('; ');
  const bruno = await server.signIn('bruno@rastro.test', { id: 'outro-aparelho' });
  await send('POST', '/api/v1/auth/refresh', { body: { refreshToken: bruno.refreshToken } });
  const headers = { authorization: `Bearer ${bruno.accessToken}`, cookie };
  await send('GET', '/%61pi/v1/clients?q=Busca-Secreta', { headers });
  await send('GET', '/clientes?q=Busca-Secreta', { headers });
  await send('GET', '/api/v1/clients/Busca-Secreta', { headers });
  await send('POST', '/api/v1/clients', { headers, body: { firstName: 'Nome-Secreto', document: 'Cpf-Secreto' } });
  const form = new FormData();
  form.set('file', new Blob(['nome\nNome-Secreto\n']), 'Arquivo-Secreto.csv');
  for (const body of [form, new FormData()])
    await fetch(`${server.address}/api/v1/imports`, { method: 'POST', headers, body });
  await send('POST', '/api/v1/imports', {
    headers: { ...headers, 'content-type': 'multipart/form-data' },
    body: 'Nome-Secreto',
  });
  // A job that fails with an error that contains a name.
  await server.db.system((tx) =>
    tx.run(
      sql`select graphile_worker.add_job('send_invitation', '{"professionalId":"Nome-Secreto","to":"ana@rastro.test"}'::json)`,
    ),
  );
  await expect.poll(() => server.logs.join(''), { timeout: 15_000 }).toContain('job_failed');
  const words = ['Busca-Secreta', 'Nome-Secreto', 'Cpf-Secreto', 'Arquivo-Secreto.csv', 'aparelho-secreto', email];
  return [...words, code, ...tokens, bruno.accessToken, bruno.refreshToken, cookie];
}

it('nothing secret or personal stands in the log at its lowest level, nor in the metrics', async () => {
  const secrets = await passThrough();
  const password = new URL(server.database.url).password;
  const metrics = await fetch(`${server.address}/metrics`, {
    headers: { authorization: 'Bearer uma-chave-de-medidas-bem-comprida' },
  });
  const lines = [...server.logs, ...(await metrics.text()).split('\n')];
  expect(lines.some((line) => line.includes('"level":10'))).toBe(true);
  expect(linesWith(lines, [...secrets, ...(password === '' ? [] : [password])])).toEqual([]);
  expect(lines.filter((line) => /connectionString|authorization|cookie|postgres(ql)?:\/\//i.test(line))).toEqual([]);
});
