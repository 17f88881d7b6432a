import type pg from 'pg';
import { once } from '../../shared/once.ts';
import { type ApplicationRole, findApplicationRole } from './access-rules.ts';
import { listFunctionFiles, listMigrations, readAccessRules } from './migration-files.ts';
import { listExpectedObjects, objectsQuery } from './schema-objects.ts';
import { hasLaterMigrations, listPendingFunctions } from './sql-functions.ts';

/** One way in which a migrated database differs from what requests need, for instance after a restore without rights. */
export interface Drift {
  readonly name:
    | 'schema_incomplete'
    | 'owner_differs'
    | 'application_role_missing'
    | 'application_role_closed'
    | 'rights_missing'
    | 'rights_excessive'
    | 'row_security_differs'
    | 'extensions_moved'
    | 'functions_differ'
    | 'functions_unknown';
  readonly seen: string;
  readonly mend: string;
  /** Applying the access rules and functions again mends it. */
  readonly mendable: boolean;
}

/** True when it makes requests fail or reach too much. A surplus right or function may belong to a later release. */
export const isHarmful = ({ name }: Drift): boolean => name !== 'rights_excessive' && name !== 'functions_unknown';

const migrateMends = 'run `acolhe migrate`, or start the server again: both apply the access rules anew';

/** Lists how a fully migrated database differs from what the migrations and access.sql would make. */
export async function listDrift(client: pg.ClientBase): Promise<Drift[]> {
  const expected = readExpectations();
  const role = await findApplicationRole(client);
  const tables = await readTables(client, expected, role);
  const separate = role.usable || role.mayCreate;
  const owners = await listForeignOwners(client, expected);
  return [
    ...ownerDrift(owners),
    // Unreadable without the owner's rights; and a later release may have replaced an index or a function.
    ...(owners.length > 0 || (await hasLaterMigrations(client)) ? [] : objectDrift(await listMissingObjects(client))),
    ...(separate ? roleDrift(role) : []),
    ...(separate && role.usable ? rightsDrift(tables, await readRoleRights(client, role), expected) : []),
    ...rowSecurityDrift(tables, separate),
    ...extensionDrift(await listMisdirectedFunctions(client)),
  ];
}

interface Expectations {
  readonly tables: readonly string[];
  /** Per tenant table, what the application role may do with it. */
  readonly rights: ReadonlyMap<string, readonly string[]>;
  /** The tenant tables of which a person reaches only some rows. */
  readonly personal: readonly string[];
}

const readExpectations = once((): Expectations => {
  const access = readAccessRules();
  const objects = listExpectedObjects(listMigrations().map(({ sql }) => sql));
  const json = /rights jsonb := '(\{[^']*\})'/.exec(access)?.[1] ?? '{}';
  const conditions = /persons jsonb := '(\{.*?\n {2}\})'/s.exec(access)?.[1] ?? '{}';
  const personal = Object.keys(JSON.parse(conditions.replaceAll("''", "'")) as Record<string, string>);
  const rights = Object.entries(JSON.parse(json) as Record<string, string>).map(
    ([table, list]) => [table, list.toUpperCase().split(', ').sort()] as const,
  );
  const tables = [...objects].flatMap((name) => (name.startsWith('table ') ? name.slice('table '.length) : []));
  return { tables, rights: new Map(rights), personal };
});

interface TableState {
  readonly name: string;
  readonly secured: boolean;
  readonly forced: boolean;
  readonly ruled: boolean;
  readonly granted: readonly string[];
}

async function readTables(
  client: pg.ClientBase,
  { rights, personal }: Expectations,
  { role, usable, mayCreate }: ApplicationRole,
): Promise<TableState[]> {
  const { rows } = await client.query<TableState>(
    `select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
       exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'clinic' and p.polroles = array[r.oid])
         and (c.relname <> all ($3) or exists (
           select from pg_policy p where p.polrelid = c.oid and p.polname = 'person' and not p.polpermissive
             and p.polroles = array[r.oid]
         )) as ruled,
       array(select distinct upper(a.privilege_type) from aclexplode(c.relacl) a where a.grantee = r.oid order by 1) as granted
     from pg_class c left join pg_roles r on r.rolname = coalesce($2, current_user)
     where c.relnamespace = 'public'::regnamespace and c.relname = any ($1) order by c.relname`,
    [[...rights.keys()], usable || mayCreate ? role : null, personal],
  );
  return rows;
}

interface RoleRights {
  /** Schemas that the role may not use and functions that it may not call: `schema app`, `function app.fold`. */
  readonly closed: readonly string[];
  /** `app.take_application_role()`, which every request calls, switches to this role. */
  readonly taken: boolean;
}

async function readRoleRights(client: pg.ClientBase, { role }: ApplicationRole): Promise<RoleRights | undefined> {
  const { rows } = await client.query<RoleRights>(
    `select array(
         select 'schema ' || n.nspname from pg_namespace n
         where (n.nspname in ('app', 'public') or n.oid in (select extnamespace from pg_extension
             where extname in ('pg_trgm', 'unaccent', 'fuzzystrmatch')))
           and not has_schema_privilege($1, n.oid, 'usage')
         union all
         select 'function app.' || p.proname from pg_proc p
         where p.pronamespace = to_regnamespace('app') and not has_function_privilege($1, p.oid, 'execute') order by 1
       ) as closed,
       coalesce((select prosrc like '%' || quote_literal($1) || '%' from pg_proc
         where oid = to_regprocedure('app.take_application_role()')), false) as taken`,
    [role],
  );
  return rows[0];
}

async function listMissingObjects(client: pg.ClientBase): Promise<string[]> {
  const pending = await listPendingFunctions(client);
  const functions = listFunctionFiles().filter(({ name }) => !pending.includes(name));
  const files = [...listMigrations(), ...functions].map(({ sql }) => sql);
  const { rows } = await client.query<{ name: string }>(objectsQuery);
  const present = new Set(rows.map(({ name }) => name));
  return [...listExpectedObjects([...files, readAccessRules()])].filter((name) => !present.has(name)).sort();
}

/** Lists owners of our tables, sequences and functions whose rights this login does not have. */
async function listForeignOwners(client: pg.ClientBase, { tables }: Expectations): Promise<string[]> {
  const { rows } = await client.query<{ owner: string }>(
    `select distinct pg_get_userbyid(owner)::text as owner from (
       select relowner as owner from pg_class where relnamespace = 'public'::regnamespace and relname = any ($1)
       union all
       select relowner from pg_class
         where relnamespace in (to_regnamespace('app'), to_regnamespace('graphile_worker')) and relkind in ('r', 'S')
       union all
       select proowner from pg_proc where pronamespace in (to_regnamespace('app'), to_regnamespace('graphile_worker'))
       union all
       select nspowner from pg_namespace where nspname in ('app', 'graphile_worker')
     ) as owners where not pg_has_role(owner, 'usage') order by 1`,
    [[...tables, 'schema_migrations']],
  );
  return rows.map(({ owner }) => owner);
}

async function listMisdirectedFunctions(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select 'app.' || p.proname as name from pg_proc p, unnest(p.proconfig) as setting,
       (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
         where e.extname = 'fuzzystrmatch') as extension (schema)
     where p.pronamespace = to_regnamespace('app') and setting like 'search_path=public%' and schema <> 'pg_catalog'
       and not (quote_ident(schema) = any (string_to_array(substr(setting, length('search_path=') + 1), ', ')))
     order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** `a, b, c and 7 more` */
const abbreviate = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} more`;

const ownerDrift = (owners: readonly string[]): Drift[] =>
  owners.length === 0
    ? []
    : [
        {
          name: 'owner_differs',
          seen: `tables, sequences or functions belong to ${abbreviate(owners)}, whose rights this login does not have`,
          mend: 'restore as this login (`pg_restore --no-owner --role=LOGIN`), or change the owner as docs/operations.md shows under “Restored by other means”',
          mendable: false,
        },
      ];

const objectDrift = (missing: readonly string[]): Drift[] => {
  if (missing.length === 0) return [];
  // The access rules create these two: applying them again is enough.
  const mendable = missing.every((name) => /^function app\.(take_application_role|letters_apart)$/.test(name));
  return [
    {
      name: 'schema_incomplete',
      seen: `missing, switched off or not valid: ${abbreviate(missing)}`,
      mend: mendable
        ? migrateMends
        : 'the database was restored in part or changed by hand: look for errors in the output of the restore, and restore it again into an empty database',
      mendable,
    },
  ];
};

function roleDrift({ role, exists, usable, mayCreate }: ApplicationRole): Drift[] {
  if (!exists)
    return [
      {
        name: 'application_role_missing',
        seen: `the server has no role ${role}`,
        mend: migrateMends,
        mendable: mayCreate,
      },
    ];
  if (usable) return [];
  return [
    {
      name: 'application_role_closed',
      seen: `the role ${role}, which requests run as, exists, and this login may not take it`,
      mend: `let an administrator of the server run \`grant ${role} to LOGIN with admin option;\`, then run \`acolhe migrate\``,
      mendable: false,
    },
  ];
}

function rightsDrift(tables: readonly TableState[], role: RoleRights | undefined, { rights }: Expectations): Drift[] {
  const allowed = (name: string): readonly string[] => rights.get(name) ?? [];
  const lacking = tables.filter(({ name, granted }) => allowed(name).some((right) => !granted.includes(right)));
  const excessive = tables.filter(({ name, granted }) => granted.some((right) => !allowed(name).includes(right)));
  const closed = [...lacking.map(({ name }) => `table ${name}`), ...(role?.closed ?? [])];
  const seen = [
    ...(closed.length > 0 ? [`the role of requests lacks rights on ${abbreviate(closed)}`] : []),
    ...(role?.taken === false ? ['requests take another role than this database’s own'] : []),
  ].join('; ');
  const tooMany = `the role of requests has rights that it should not have on ${abbreviate(excessive.map(({ name }) => name))}`;
  return [
    ...(seen === '' ? [] : [{ name: 'rights_missing' as const, seen, mend: migrateMends, mendable: true }]),
    ...(excessive.length === 0
      ? []
      : [{ name: 'rights_excessive' as const, seen: tooMany, mend: migrateMends, mendable: true }]),
  ];
}

function rowSecurityDrift(tables: readonly TableState[], separate: boolean): Drift[] {
  const open = tables.filter(({ secured, forced, ruled }) => !secured || !ruled || forced === separate);
  if (open.length === 0) return [];
  const seen = `row-level security or its policy is not as it should be on ${abbreviate(open.map(({ name }) => name))}`;
  return [{ name: 'row_security_differs', seen, mend: migrateMends, mendable: true }];
}

const extensionDrift = (functions: readonly string[]): Drift[] =>
  functions.length === 0
    ? []
    : [
        {
          name: 'extensions_moved',
          seen: `fuzzystrmatch lies in a schema where ${abbreviate(functions)} do not look`,
          mend: migrateMends,
          mendable: true,
        },
      ];
