import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbedded } from '../../src/server/embedded-database/start-embedded.ts';
import { migrate } from '../../src/server/db/migrate.ts';
import { databaseUrl } from './database-url.ts';

/** What test files need to create a database of their own; used by tests/support/database.ts. */
export interface TestServer {
  /** As the role `acolhe` (not a superuser); the database `acolhe` stays empty. */
  url: string;
  /** The superuser, for tests of faults: ending connections, reading plans. */
  adminUrl: string;
  /** Name of the migrated database that is copied for each test file. */
  template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** A database that exists for one test run does not need to be durable. */
const settings = {
  fsync: false,
  synchronous_commit: false,
  full_page_writes: false,
  max_connections: 200,
  shared_buffers: '256MB',
};

const template = 'acolhe_template';

interface Shared {
  server: Promise<{ postgres: EmbeddedPostgres; folder: string }> | undefined;
  /** The number of projects that use it. */
  users: number;
}

/** Vitest loads this file anew for each project, so what they share stands outside of it. */
const holder = globalThis as typeof globalThis & { acolheTestServer?: Shared };
const shared: Shared = (holder.acolheTestServer ??= { server: undefined, users: 0 });

/** One PostgreSQL for all projects of a run. Each project calls this file; the first starts it, the last stops it. */
export async function setup(project: TestProject): Promise<void> {
  shared.users += 1;
  const { postgres } = await (shared.server ??= start());
  project.provide('testServer', { url: postgres.url, adminUrl: postgres.adminUrl, template });
}

export async function teardown(): Promise<void> {
  shared.users -= 1;
  if (shared.users > 0 || shared.server === undefined) return;
  const { postgres, folder } = await shared.server;
  shared.server = undefined;
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function start(): Promise<{ postgres: EmbeddedPostgres; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'acolhe-test-'));
  const postgres = await startEmbedded({ dataDir: folder, settings });
  const client = new pg.Client(postgres.url);
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  await migrate(databaseUrl(postgres.url, template));
  return { postgres, folder };
}
