import type pg from 'pg';
import { describeFailure } from '../../server/describe-failure.ts';
import { createClient } from '../../server/db/connect.ts';
import { throughPooler } from '../../server/db/connection-url.ts';
import { describePooled, examinePooled } from '../../server/db/pooler.ts';
import { error, type Finding, warning } from './finding.ts';

interface Addresses {
  readonly url: string;
  /** DATABASE_DIRECT_URL. */
  readonly directUrl: string | undefined;
}

/** Checks that a pooler before the database is one that requests can use, and that the direct address passes it by. */
export async function checkPooler({ url, directUrl }: Addresses): Promise<Finding[]> {
  // Without settings at the start of the connection, which a pooler may refuse.
  return withClient(throughPooler(url), async (client) => {
    if (directUrl === undefined) return (await sharesSessions(url, client)) ? [directMissing] : [];
    await examinePooled(client);
    const follows = !(await isPooled(client)) || describePooled(client)?.preparesByName === true;
    const direct = await withClient(throughPooler(directUrl), async (other) => [
      ...((await readIdentity(client)) === (await readIdentity(other)) ? [] : [directDiffers]),
      ...((await sharesSessions(directUrl, other)) ? [directPooled] : []),
    ]);
    return [...(follows ? [] : [preparesNothing]), ...direct];
  });
}

const why = 'jobs are found by LISTEN, and processes and imports hold locks of their session';
const directMissing = error(
  'pooler_direct_missing',
  `DATABASE_URL leads to a pooler in transaction mode, and ${why}`,
  'set DATABASE_DIRECT_URL to the server itself, or let the pooler work in session mode',
);
const directPooled = error(
  'direct_url_pooled',
  `DATABASE_DIRECT_URL leads to a pooler in transaction mode, too, and ${why}`,
  'set it to the server itself',
);
const directDiffers = error(
  'direct_url_differs',
  'DATABASE_URL and DATABASE_DIRECT_URL lead to different databases',
  'let both lead to the same database of the same server',
);
const preparesNothing = warning(
  'pooler_prepares_nothing',
  'the pooler does not follow prepared statements, so every statement is planned anew',
  'use PgBouncer 1.21 or newer with max_prepared_statements above 0',
);

async function withClient(url: string, work: (client: pg.Client) => Promise<Finding[]>): Promise<Finding[]> {
  const client = createClient(url, options);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (cause) {
    return [error('database_unreachable', describeFailure(cause), 'check DATABASE_URL and DATABASE_DIRECT_URL')];
  } finally {
    await client.end().catch(() => undefined);
  }
}

const options = { connectionTimeoutMillis: 5000, query_timeout: 5000, application_name: 'acolhe check' };

const readProcess = async (client: pg.Client): Promise<number | undefined> =>
  (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;

/** A pooler tells its clients a number of its own as the server's process. */
const isPooled = async (client: pg.Client): Promise<boolean> =>
  (await readProcess(client)) !== (client as unknown as { readonly processID: number | null }).processID;

const readIdentity = async (client: pg.Client): Promise<string | undefined> =>
  (
    await client.query<{ identity: string }>(
      'select system_identifier || current_database() as identity from pg_control_system()',
    )
  ).rows[0]?.identity;

/** Whether two connections ever meet in one session of the server: then the pooler is in transaction mode. */
async function sharesSessions(url: string, client: pg.Client): Promise<boolean> {
  if (!(await isPooled(client))) return false;
  const other = createClient(throughPooler(url), options);
  other.on('error', () => undefined);
  try {
    await other.connect();
    // A pooler mostly gives away first what it got back last; with others at work it may take some rounds.
    for (let round = 0; round < 20; round++)
      if ((await readProcess(client)) === (await readProcess(other))) return true;
    return false;
  } catch {
    // A pooler in session mode without a place for a second connection.
    return false;
  } finally {
    await other.end().catch(() => undefined);
  }
}
