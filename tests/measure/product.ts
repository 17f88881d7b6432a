import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { build } from 'vite';
import { loadConfig } from '../../src/server/config.ts';
import { startEmbedded } from '../../src/server/embedded-database/start-embedded.ts';
import { migrate } from '../../src/server/db/migrate.ts';
import { startServer } from '../../src/server/server.ts';
import { type BenchClinic, fillClinic } from '../bench/decisions/fill-clinic.ts';
import { receiveCode } from '../support/mailbox.ts';

/** The product as a clinic runs it, built from these sources, with folders and a port of its own. */
export interface Product {
  readonly address: string;
  readonly databaseUrl: string;
  readonly clinic: BenchClinic;
  /** Signs somebody in as the web app does. @returns the cookies, and what the app stores about the session */
  signIn(email?: string): Promise<SignedInBrowser>;
  stop(): Promise<void>;
}

interface SignedInBrowser {
  readonly cookies: readonly { name: string; value: string; url: string }[];
  readonly storage: string;
}

const usualEmail = 'bench@exemplo.test';

export async function startProduct(clients: number, tell: (line: string) => void): Promise<Product> {
  const parts = new AsyncDisposableStack();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'acolhe-measure-'));
    parts.defer(() => rm(folder, { recursive: true, force: true }));
    const webFolder = join(folder, 'web');
    tell('building the web app …');
    await build({ logLevel: 'warn', build: { outDir: webFolder } });
    const postgres = await startEmbedded({ dataDir: join(folder, 'data'), settings: { shared_buffers: '512MB' } });
    parts.defer(() => postgres.stop());
    await migrate(postgres.url);
    tell(`filling a clinic with ${String(clients)} clients …`);
    const clinic = await fillClinic(postgres.url, clients);
    const config = loadConfig({ DATABASE_URL: postgres.url, DATA_DIR: folder, HOST: '127.0.0.1', PORT: '0' });
    const server = await startServer(config, pino({ level: 'silent' }), { migrate: false, demo: false, webFolder });
    parts.defer(() => server.stop());
    return {
      address: server.address,
      clinic,
      databaseUrl: postgres.url,
      signIn: (email = usualEmail) => signIn(server.address, email),
      stop: () => parts.disposeAsync(),
    };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function signIn(address: string, email: string): Promise<SignedInBrowser> {
  const headers = { 'content-type': 'application/json', 'x-acolhe-client': 'web' };
  const device = { id: randomUUID(), name: 'Medição' };
  const code = await receiveCode({ address }, email, () =>
    fetch(`${address}/api/v1/auth/codes`, { method: 'POST', headers, body: JSON.stringify({ email }) }),
  );
  const answer = await fetch(`${address}/api/v1/auth/sessions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, code, device, transport: 'cookie' }),
  });
  if (!answer.ok) throw new Error(`signing in answered ${String(answer.status)}`);
  const { expiresIn, professional } = (await answer.json()) as { expiresIn: number; professional: { id: string } };
  const renewedAt = Date.now();
  const cookies = answer.headers.getSetCookie().map((line) => {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
    return { name, value, url: address };
  });
  const session = { renewedAt, expiresAt: renewedAt + expiresIn * 1000, who: professional.id };
  return { cookies, storage: JSON.stringify(session) };
}
