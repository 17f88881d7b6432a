import type pg from 'pg';
import { describeFailure } from '../../server/describe-failure.ts';
import { createClient } from '../../server/db/connect.ts';
import { type Drift, isHarmful } from '../../server/db/access-drift.ts';
import { listDatabaseDrift, listPending, SchemaDamaged } from '../../server/db/migrate.ts';
import { listSchemaDifferences } from '../../server/db/schema-types.ts';
import { formatCount } from '../output.ts';
import { countPending } from '../pending.ts';
import { readServerFacts, checkRights } from './database-roles.ts';
import { error, type Finding, warning } from './finding.ts';

interface ServerLimits {
  /** Extensions that Acolhe needs and the server does not offer. */
  readonly missing: string[];
  /** How many connections this login may have to this database at once. */
  readonly connections: number;
  /** The database's clock, in seconds since 1970. */
  readonly ahead: number;
}

/** Connections a process needs besides its request pool: two workers with three each, a lease for each, and readiness. */
const workConnections = 9;

/** Checks extensions, the number of connections and the clock. */
async function checkServer(client: pg.Client, poolMax: number): Promise<Finding[]> {
  const asked = Date.now();
  const { rows } = await client.query<ServerLimits>(`
    select array(select e from unnest(array['pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'fuzzystrmatch']) as e
        where not exists (select from pg_available_extensions a where a.name = e)) as missing,
      least(
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
          - coalesce(current_setting('reserved_connections', true)::int, 0),
        (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user),
        (select nullif(datconnlimit, -1) from pg_database where datname = current_database())
      ) as connections,
      extract(epoch from clock_timestamp())::float8 as ahead`);
  const [found] = rows;
  if (found === undefined) return [];
  const ahead = found.ahead - (asked + Date.now()) / 2000;
  const needed = poolMax + workConnections;
  return [
    ...(found.missing.length > 0
      ? [
          error(
            'extension_missing',
            `the server has no ${found.missing.join(', ')}`,
            'install postgresql-contrib, or choose a host that offers them',
          ),
        ]
      : []),
    ...(found.connections < needed
      ? [
          error(
            'connections_short',
            `this login may have ${String(found.connections)} connections, one process may want ${String(needed)}`,
            'lower DB_POOL_MAX or raise max_connections',
          ),
        ]
      : []),
    ...(Math.abs(ahead) > 2
      ? [
          error(
            'clock_differs',
            `the clocks of this machine and of the database are ${Math.abs(ahead).toFixed(1)} s apart`,
            'synchronise both by NTP: the lives of codes and tokens depend on it',
          ),
        ]
      : []),
  ];
}

/** Checks for failed jobs and for backups older than a week. */
async function checkMaintenance(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ given_up: number; backup: string | null; aged: boolean }>(`
    select (select count(*)::int from graphile_worker.jobs where attempts >= max_attempts) as given_up,
      (select to_char(max(at), 'YYYY-MM-DD') from audit_events where action = 'backup_made') as backup,
      coalesce((select min(created_at) < now() - interval '7 days' from clinics), false)
        and not exists (select from audit_events where action = 'backup_made' and at > now() - interval '7 days') as aged`);
  const [found] = rows;
  if (found === undefined) return [];
  return [
    ...(found.given_up > 0
      ? [
          warning(
            'jobs_given_up',
            `${formatCount(found.given_up, 'job')} given up after every attempt`,
            'look for job_failed in the log',
          ),
        ]
      : []),
    ...(found.aged
      ? [
          warning(
            'no_recent_backup',
            found.backup === null
              ? 'no `acolhe backup` was ever made'
              : `the last \`acolhe backup\` is of ${found.backup}`,
            'run `acolhe backup --verify` every day, or be sure that the host’s own backups can be restored',
          ),
        ]
      : []),
  ];
}

/** Checks that the database can be reached and has a suitable version and schema; with `deploy` also rights and backups. */
export async function checkDatabase(
  url: string,
  options: { readonly deploy: boolean; readonly poolMax: number },
): Promise<Finding[]> {
  const client = createClient(url, {
    connectionTimeoutMillis: 5000,
    statement_timeout: 15_000,
    application_name: 'acolhe check',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    const mend = 'check DATABASE_URL or DB_*, and that the server runs';
    return [error('database_unreachable', describeFailure(cause), mend)];
  }
  try {
    return await checkConnected(client, url, options);
  } finally {
    await client.end();
  }
}

/** With one of these findings the tables cannot be queried. */
const unusable = new Set<string>(['migrations_pending', 'schema_unreadable', 'owner_differs', 'schema_incomplete']);

async function checkConnected(
  client: pg.Client,
  url: string,
  { deploy, poolMax }: { readonly deploy: boolean; readonly poolMax: number },
): Promise<Finding[]> {
  const facts = await readServerFacts(client);
  if (facts === undefined) return [];
  const version =
    facts.version < 15 || facts.version > 18
      ? [error('database_version', `PostgreSQL ${String(facts.version)}`, 'use PostgreSQL 15 to 18')]
      : [];
  const schema = await checkSchema(url);
  return [
    ...version,
    ...(await checkServer(client, poolMax)),
    ...schema,
    ...(deploy ? checkRights(facts, url) : []),
    ...(deploy && !schema.some(({ name }) => unusable.has(name)) ? await checkMaintenance(client) : []),
  ];
}

async function checkSchema(url: string): Promise<Finding[]> {
  try {
    const pending = await listPending(url);
    if (pending.length > 0) {
      const seen = `${countPending(pending)} pending: ${pending.join(', ')}`;
      return [error('migrations_pending', seen, 'run `acolhe migrate`')];
    }
    const drift = toDriftFindings(await listDatabaseDrift(url));
    if (drift.some(({ name }) => unusable.has(name))) return drift;
    const differences = await listSchemaDifferences(url);
    if (differences.length === 0) return drift;
    return [
      ...drift,
      error(
        'schema_differs',
        `${formatCount(differences.length, 'difference')}, first ${differences[0] ?? ''}`,
        'run `acolhe makemigrations --check` for all; the database was changed by hand, or belongs to another release',
      ),
    ];
  } catch (cause) {
    if (cause instanceof SchemaDamaged) return toDriftFindings(cause.drift);
    const message = cause instanceof Error ? cause.message : String(cause);
    return [error('schema_unreadable', message, 'run this release with the migrations it came with')];
  }
}

const toDriftFindings = (drift: readonly Drift[]): Finding[] =>
  drift.map((found) => (isHarmful(found) ? error : warning)(found.name, found.seen, found.mend));
