import { chownSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../../../tests/support/server.ts';
import { createSelfSigned } from '../mail/testing/self-signed.ts';
import { createClient } from './connect.ts';
import { findAccount } from '../embedded-database/account.ts';
import { type EmbeddedPostgres, startEmbedded } from '../embedded-database/start-embedded.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';

let folder: string;
let encrypted: EmbeddedPostgres;
let plain: EmbeddedPostgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acolhe-tls-'));
  const account = findAccount();
  const { cert, key } = createSelfSigned('localhost');
  const files = { server: join(folder, 'server.pem'), key: join(folder, 'key.pem'), other: join(folder, 'other.pem') };
  await writeFile(files.server, cert);
  await writeFile(files.key, key, { mode: 0o600 });
  await writeFile(files.other, createSelfSigned('localhost').cert);
  if (account !== undefined)
    for (const path of [folder, files.server, files.key]) chownSync(path, account.uid, account.gid);
  const settings = { fsync: false, ssl: true, ssl_cert_file: files.server, ssl_key_file: files.key };
  encrypted = await startEmbedded({ dataDir: join(folder, 'encrypted'), settings });
  plain = await startEmbedded({ dataDir: join(folder, 'plain'), settings: { fsync: false } });
}, 120_000);
afterAll(async () => {
  await Promise.all([encrypted.stop(), plain.stop()]);
  await rm(folder, { recursive: true, force: true });
});

/** Whether a connection is encrypted, or why there is none: as a client and as a pool. */
async function outcomeOf(url: string): Promise<boolean | string> {
  const sql = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';
  const client = createClient(url, { application_name: 'test' });
  const pool = createPool({ url, max: 1, idleSeconds: 1 });
  try {
    await client.connect();
    const alone = (await client.query<{ ssl: boolean }>(sql)).rows[0]?.ssl;
    const pooled = (await pool.query<{ ssl: boolean }>(sql)).rows[0]?.ssl;
    expect(pooled).toBe(alone);
    return alone ?? 'nothing';
  } catch (error) {
    await expect(pool.query(sql)).rejects.toThrow();
    return (error as Error).message;
  } finally {
    await Promise.all([client.end().catch(() => undefined), pool.end()]);
  }
}

describe('a server with a certificate that nobody vouches for', () => {
  const at = (host: string, parameters: string) =>
    `${encrypted.url.replace('127.0.0.1', host)}?${parameters.replace('SERVER', join(folder, 'server.pem')).replace('OTHER', join(folder, 'other.pem'))}`;

  it.each<[host: string, parameters: string, outcome: unknown]>([
    ['127.0.0.1', 'sslmode=disable', false],
    ['127.0.0.1', 'sslmode=allow', true],
    ['127.0.0.1', 'sslmode=prefer', true],
    ['127.0.0.1', 'sslmode=require', true],
    ['127.0.0.1', 'sslmode=require&sslrootcert=SERVER', true],
    ['127.0.0.1', 'sslmode=require&sslrootcert=OTHER', expect.stringMatching(/certificate|issuer/)],
    ['127.0.0.1', 'sslmode=verify-ca&sslrootcert=SERVER', true],
    ['127.0.0.1', 'sslmode=verify-ca&sslrootcert=OTHER', expect.stringMatching(/certificate|issuer/)],
    ['127.0.0.1', 'sslmode=verify-full&sslrootcert=SERVER', expect.stringMatching(/does not match|IP/)],
    ['localhost', 'sslmode=verify-full&sslrootcert=SERVER', true],
    ['localhost', 'sslmode=verify-full', expect.stringMatching(/self-signed/)],
    ['localhost', 'sslmode=no-verify', true],
  ])('at %s with %s', async (host, parameters, outcome) => {
    expect(await outcomeOf(at(host, parameters))).toEqual(outcome);
  });

  it('is what the whole product works through', { timeout: 120_000 }, async () => {
    const url = at('localhost', 'sslmode=verify-full&sslrootcert=SERVER');
    await migrate(url);
    const server = await startTestServer({ DATABASE_URL: url });
    try {
      await server.createClinic('tls.example');
      const ana = await server.signIn('ana@tls.example');
      expect((await ana.api('GET /clients')).status).toBe(200);
      const spy = createClient(encrypted.adminUrl, { application_name: 'spy' });
      await spy.connect();
      const { rows } = await spy.query<{ name: string }>(
        `select distinct application_name as name from pg_stat_activity join pg_stat_ssl using (pid)
         where datname = 'acolhe' and application_name not like '%launcher%' and not ssl`,
      );
      await spy.end();
      expect(rows).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});

describe('a server without TLS', () => {
  it.each<[parameters: string, outcome: unknown]>([
    ['sslmode=disable', false],
    ['sslmode=allow', false],
    ['sslmode=prefer', false],
    ['sslmode=require', expect.stringMatching(/does not support SSL/)],
    ['sslmode=verify-full', expect.stringMatching(/does not support SSL/)],
  ])('with %s', async (parameters, outcome) => {
    expect(await outcomeOf(`${plain.url}?${parameters}`)).toEqual(outcome);
  });
});
