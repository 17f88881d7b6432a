import type pg from 'pg';
import { parseConnectionUrl } from '../../server/db/connection-url.ts';
import { error, type Finding, warning } from './finding.ts';

interface ServerFacts {
  readonly version: number;
  readonly superuser: boolean;
  /** Row-level security applies to the login itself: there is no separate role for requests. Null: no table `clients` yet. */
  readonly forced: boolean | null;
  readonly encrypted: boolean;
  readonly local: boolean;
  readonly readOnly: boolean;
  /** Roles besides the owner and the application role that have rights on Acolhe's tables. */
  readonly openTo: readonly string[];
}

/** Reads what the database server says about this connection and about rights in its database. */
export async function readServerFacts(client: pg.Client): Promise<ServerFacts | undefined> {
  const { rows } = await client.query<ServerFacts>(`
    select current_setting('server_version_num')::int / 10000 as version,
      (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as superuser,
      (select relforcerowsecurity from pg_class where oid = to_regclass('public.clients')) as forced,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      coalesce(inet_server_addr() << '127.0.0.0/8' or inet_server_addr() = '::1', true) as local,
      pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "readOnly",
      array(select distinct case when a.grantee = 0 then 'public' else pg_get_userbyid(a.grantee)::text end
        from pg_class c, aclexplode(c.relacl) a, pg_database d
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and d.datname = current_database()
          and a.grantee <> c.relowner and pg_get_userbyid(a.grantee) <> 'acolhe_app_' || d.oid
          and not exists (select from pg_depend e where e.objid = c.oid and e.deptype = 'e')
        order by 1) as "openTo"`);
  return rows[0];
}

interface Risk {
  readonly when: boolean;
  readonly finding: Finding;
}

/** Reports unsafe rights, and an unsafe or read-only connection. */
export function checkRights(facts: ServerFacts, url: string): Finding[] {
  return [...listRightsRisks(facts), ...listConnectionRisks(facts, url)]
    .filter(({ when }) => when)
    .map(({ finding }) => finding);
}

function listRightsRisks({ superuser, forced, openTo }: ServerFacts): Risk[] {
  return [
    {
      when: superuser && forced === true,
      finding: error(
        'row_security_bypassed',
        'the login passes row-level security, and there is no other role for requests',
        'use a login that is neither superuser nor BYPASSRLS',
      ),
    },
    {
      when: superuser && forced !== true,
      finding: warning('database_superuser', 'the login is a superuser', 'use a login that only owns its database'),
    },
    {
      when: forced === true && !superuser,
      finding: warning(
        'one_database_role',
        'the login may not make roles, so requests run as the owner of the tables: clinics stay apart, but nothing in the database keeps the server from changing the audit trail',
        'let the login make roles (CREATEROLE) and run `acolhe migrate` again',
      ),
    },
    {
      when: openTo.length > 0,
      finding: warning(
        'tables_open_to_others',
        `other roles of the server have rights on Acolhe’s tables: ${openTo.join(', ')}`,
        'revoke them (`revoke all on all tables in schema public from ROLE`), and the default privileges that gave them',
      ),
    },
  ];
}

function listConnectionRisks({ encrypted, local, readOnly }: ServerFacts, url: string): Risk[] {
  const { sslMode, ssl } = parseConnectionUrl(url);
  return [
    {
      when: encrypted && !local && !['verify-ca', 'verify-full'].includes(sslMode) && ssl.root === undefined,
      finding: warning(
        'certificate_unchecked',
        `the connection is encrypted, but with sslmode=${sslMode} nobody checks that it is the right server’s`,
        'use sslmode=verify-full, with sslrootcert=FILE where the host has authorities of its own',
      ),
    },
    {
      when: readOnly,
      finding: error(
        'database_read_only',
        'the database takes no changes: a standby, or set to read only',
        'point DATABASE_URL at the primary, or make room where the host has closed a full database',
      ),
    },
    {
      when: !encrypted && !local,
      finding: warning(
        'database_in_clear',
        'the connection to the database is not encrypted',
        'add sslmode=verify-full (or require, without a look at the certificate), or keep it in a private network',
      ),
    },
  ];
}
