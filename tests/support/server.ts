import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { type ApiClient, createApiClient } from '../../src/shared/api-client.ts';
import type { Role } from '../../src/shared/contracts/auth.ts';
import { loadConfig } from '../../src/server/config.ts';
import { qb } from '../../src/server/db/query-builder.ts';
import { sql } from '../../src/server/db/sql.ts';
import type { Transaction } from '../../src/server/db/transaction.ts';
import { addStandardVisitTypes } from '../../src/server/features/availability/api.ts';
import { addStandardTags } from '../../src/server/features/tags/api.ts';
import { type RunningServer, startServer } from '../../src/server/server.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { receiveCode } from './mailbox.ts';

/** A person of a clinic who is signed in on one device, with a bearer token. */
export interface SignedIn {
  readonly api: ApiClient;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly sessionId: string;
  readonly professionalId: string;
}

export interface TestServer extends RunningServer {
  readonly database: TestDatabase;
  /** Everything that the server logged, as it would be on stdout. */
  readonly logs: string[];
  /** The API without a session. */
  readonly api: ApiClient;
  /** Creates a clinic with `ana@` (administrator), `bruno@` (professional) and `carla@` (reception) this domain. */
  createClinic(domain: string): Promise<void>;
  /** Requests a sign-in code and resolves with the one that arrives. */
  fetchCode(email: string, options?: { readonly deviceId?: string }): Promise<string>;
  signIn(email: string, device?: { readonly id: string; readonly name?: string }): Promise<SignedIn>;
}

const people: readonly [string, string, Role][] = [
  ['ana', 'Ana', 'administrator'],
  ['bruno', 'Bruno', 'professional'],
  ['carla', 'Carla', 'reception'],
];

async function insertClinic(tx: Transaction, domain: string): Promise<void> {
  const [clinic] = await tx.run(
    qb
      .insertInto('clinics')
      .values({ name: `Clínica ${domain}` })
      .returning('id'),
  );
  if (clinic === undefined) throw new Error('no clinic');
  const rows = people.map(([local, first_name, role]) => ({
    clinic_id: clinic.id,
    email: `${local}@${domain}`,
    first_name,
    role,
  }));
  await tx.run(qb.insertInto('professionals').values(rows));
  await addStandardVisitTypes(tx, clinic.id);
  await addStandardTags(tx, clinic.id);
  await tx.run(sql`analyze professionals`);
}

/** Starts the whole server on a free port, with a database of its own. Mails go to the development mailbox, unless `env` says otherwise. */
export async function startTestServer(env: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const logs: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logs.push(chunk.toString());
      done();
    },
  });
  const config = loadConfig({
    DATABASE_URL: database.url,
    DATA_DIR: await mkdtemp(join(tmpdir(), 'acolhe-test-')),
    PORT: '0',
    HOST: '127.0.0.1',
    // No throttling, which has tests of its own.
    OTP_THROTTLE_PER_MINUTE: '10000',
    ...env,
  });
  // Ours is migrated, and nothing is wrong with it.
  const isOwn = config.database.url === database.url;
  const server = await startServer(config, pino({ level: env['LOG_LEVEL'] ?? 'debug' }, sink), {
    migrate: !isOwn,
    demo: false,
    ...(isOwn && { prepared: Promise.resolve() }),
  });
  const api = createApiClient({ baseUrl: server.address });

  const fetchCode: TestServer['fetchCode'] = (email, options = {}) => {
    const device = options.deviceId === undefined ? {} : { device: { id: options.deviceId } };
    return receiveCode(server, email, () => api('POST /auth/codes', { body: { email, ...device } }));
  };

  return {
    ...server,
    database,
    logs,
    api,
    fetchCode,
    createClinic: (domain) => server.db.system((tx) => insertClinic(tx, domain)),
    signIn: async (email, device = { id: randomUUID() }) => {
      const code = await fetchCode(email);
      const { body } = await api('POST /auth/sessions', { body: { email, code, device, transport: 'bearer' } });
      const { accessToken = '', refreshToken = '' } = body;
      return {
        api: createApiClient({ baseUrl: server.address, headers: () => ({ authorization: `Bearer ${accessToken}` }) }),
        accessToken,
        refreshToken,
        sessionId: body.session.id,
        professionalId: body.professional.id,
      };
    },
    stop: async () => {
      await server.stop();
      await database.drop();
    },
  };
}
