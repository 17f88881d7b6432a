import pg from 'pg';
import { describeFailure } from '../../server/describe-failure.ts';
import { migrationStatus } from '../../server/db/migrate.ts';
import { listSchemaDifferences } from '../../server/db/schema-types.ts';
import { counted } from '../output.ts';
import { error, type Finding, warning } from './finding.ts';

interface ServerFacts {
  readonly version: number;
  readonly superuser: boolean;
  /** Row-level security holds for the login itself: there is no separate role for requests. */
  readonly forced: boolean | null;
  readonly encrypted: boolean;
  readonly local: boolean;
}

async function readFacts(url: string): Promise<ServerFacts | undefined> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: 'acolhe check',
  });
  await client.connect();
  try {
    const { rows } = await client.query<ServerFacts>(`
      select current_setting('server_version_num')::int / 10000 as version,
        (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as superuser,
        (select relforcerowsecurity from pg_class where oid = to_regclass('public.clients')) as forced,
        coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
        coalesce(inet_server_addr() << '127.0.0.0/8' or inet_server_addr() = '::1', true) as local`);
    return rows[0];
  } finally {
    await client.end();
  }
}

/** Whether the database can be reached and is of a version and schema that this release works with. */
export async function databaseFindings(url: string, deploy: boolean): Promise<Finding[]> {
  let facts: ServerFacts | undefined;
  try {
    facts = await readFacts(url);
  } catch (cause) {
    return [
      error('database_unreachable', describeFailure(cause), 'check DATABASE_URL or DB_*, and that the server runs'),
    ];
  }
  if (facts === undefined) return [];
  const version =
    facts.version < 15 || facts.version > 18
      ? [error('database_version', `PostgreSQL ${String(facts.version)}`, 'use PostgreSQL 15 to 18')]
      : [];
  return [...version, ...(await schemaFindings(url)), ...(deploy ? roleFindings(facts) : [])];
}

async function schemaFindings(url: string): Promise<Finding[]> {
  try {
    const { pending } = await migrationStatus(url);
    if (pending.length > 0) {
      const names = pending.map(({ name }) => name).join(', ');
      return [
        error(
          'migrations_pending',
          `${counted(pending.length, 'migration')} pending: ${names}`,
          'run `acolhe migrate`',
        ),
      ];
    }
    const differences = await listSchemaDifferences(url);
    if (differences.length === 0) return [];
    return [
      error(
        'schema_differs',
        `${counted(differences.length, 'difference')}, first ${differences[0] ?? ''}`,
        'run `acolhe makemigrations --check` for all; the database was changed by hand, or belongs to another release',
      ),
    ];
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return [error('schema_unreadable', message, 'run this release with the migrations it came with')];
  }
}

function roleFindings({ superuser, forced, encrypted, local }: ServerFacts): Finding[] {
  return [
    ...(superuser && forced === true
      ? [
          error(
            'row_security_bypassed',
            'the login passes row-level security, and there is no other role for requests',
            'use a login that is neither superuser nor BYPASSRLS',
          ),
        ]
      : []),
    ...(superuser && forced !== true
      ? [warning('database_superuser', 'the login is a superuser', 'use a login that only owns its database')]
      : []),
    ...(forced === true && !superuser
      ? [
          warning(
            'one_database_role',
            'the login may not make roles, so requests run as the owner of the tables: clinics stay apart, but nothing in the database keeps the server from changing the audit trail',
            'let the login make roles (CREATEROLE) and run `acolhe migrate` again',
          ),
        ]
      : []),
    ...(!encrypted && !local
      ? [
          warning(
            'database_in_clear',
            'the connection to the database is not encrypted',
            'add sslmode=require, or keep it in a private network',
          ),
        ]
      : []),
  ];
}
