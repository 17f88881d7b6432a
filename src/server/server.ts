import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/open-database.ts';
import { migrate, migrationStatus } from './db/migrate.ts';
import { createPool } from './db/pool.ts';
import { Database } from './db/transaction.ts';
import { sealEvents } from './features/audit/service.ts';
import { sendSignInCode } from './features/auth/codes.ts';
import { Keyring } from './features/auth/secrets.ts';
import { seedDemoClinic } from './features/demo/service.ts';
import { sendInvitation } from './features/professionals/invitation.ts';
import { startDuty, startWorker } from './jobs/worker.ts';
import { createMailer } from './mail/mailer.ts';

export interface RunningServer {
  readonly app: FastifyInstance;
  readonly db: Database;
  /** Where it listens, as `http://host:port`. */
  readonly address: string;
  /** Lets requests and jobs in flight finish, then closes everything; within ten seconds. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Apply pending migrations first. */
  readonly migrate: boolean;
  /** Fill an empty database with the demo clinic. */
  readonly demo: boolean;
}

/** Puts the parts together: configuration → database → mail, jobs and HTTP → listening. */
export async function startServer(config: Config, log: Logger, options: StartOptions): Promise<RunningServer> {
  const database = await openDatabase(config, (line) => {
    log.info({ event: 'database' }, line);
  });
  if (options.migrate)
    await migrate(database.url, (line) => {
      log.info({ event: 'migration' }, line);
    });
  const onIdleError = (): void => {
    log.warn({ event: 'database_connection_lost' }, 'a database connection was lost');
  };
  const poolOptions = { url: database.url, idleSeconds: config.database.idleSeconds, onIdleError };
  const pool = createPool({ ...poolOptions, max: config.database.poolMax });
  // The queue's worker listens for work and holds connections of its own.
  const workerPool = createPool({ ...poolOptions, max: 3, pipeline: false });
  const db = new Database(pool);
  const keyring = new Keyring(config.secretKey, config.secretKeyFallbacks);
  const mailer = createMailer(config.mail, { log });
  const deps = { config, db, keyring, log, mailer };
  if (options.demo) await seedDemoClinic(db);

  const worker = await startWorker({
    pool: workerPool,
    log,
    tasks: {
      send_sign_in_code: (job) => sendSignInCode(deps, job),
      send_invitation: (job) => sendInvitation(deps, job),
    },
  });
  await sealEvents(db, 'all');
  const sealing = startDuty(
    2,
    () => sealEvents(db, 'recent'),
    (error) => {
      log.warn({ event: 'sealing_failed', err: error }, 'audit events wait for their seal');
    },
  );
  const ready = async (): Promise<Record<string, boolean>> => {
    const migrated = await migrationStatus(database.url).then(
      ({ pending }) => pending.length === 0,
      () => undefined,
    );
    return { database: migrated !== undefined, migrations: migrated === true };
  };
  const app = await buildApp({ ...deps, mailbox: mailer.mailbox, ready });
  await app.listen({ host: config.host, port: config.port });

  const close = async (): Promise<void> => {
    await app.close();
    // The mailer first: it lets deliveries in hand finish for a moment and then frees the job that waits for them.
    mailer.close();
    await Promise.all([sealing.stop(), worker.stop()]);
    await Promise.all([pool.end(), workerPool.end()]);
    await database.stop();
  };
  return { app, db, address: addressOf(app), stop: () => within(10_000, close()) };
}

function addressOf(app: FastifyInstance): string {
  const { address, family, port } = app.server.address() as AddressInfo;
  const host =
    address === '127.0.0.1' || address === '::1' || address === '0.0.0.0' || address === '::' ? 'localhost' : address;
  return `http://${family === 'IPv6' && host === address ? `[${host}]` : host}:${String(port)}`;
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('stopping took too long'));
    }, milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
