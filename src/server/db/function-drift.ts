import type pg from 'pg';
import type { Drift } from './access-drift.ts';
import { listDeclared, listFunctionFiles } from './migration-files.ts';
import { lockSchemaForTransaction } from './schema-lock.ts';
import { hasLaterMigrations, namesInAccessRules, replaceFunctions } from './sql-functions.ts';

/** How the functions of schema app in a database differ from migrations/functions. */
export interface FunctionDifferences {
  /** Files whose functions have another text in the database, or are missing there. */
  readonly outdated: readonly string[];
  /** Functions in the database that no file creates, as `app.fold(text)`. */
  readonly unknown: readonly string[];
}

interface Definition {
  readonly signature: string;
  readonly name: string;
  readonly definition: string;
}

const none: FunctionDifferences = { outdated: [], unknown: [] };

/**
 * Compares by replacing the functions in a transaction that is rolled back, because PostgreSQL stores a normalised text: this
 * way both sides are normalised alike. Reports no difference when a later release has migrated the database, or on a standby,
 * which cannot be written to.
 */
export async function compareFunctions(client: pg.ClientBase): Promise<FunctionDifferences> {
  if ((await isStandby(client)) || (await hasLaterMigrations(client))) return none;
  await client.query('begin isolation level read committed read write');
  try {
    await lockSchemaForTransaction(client);
    const before = await readDefinitions(client);
    await replaceFunctions(client);
    return compareDefinitions(before, await readDefinitions(client), await listReplaced(client));
  } finally {
    await client.query('rollback');
  }
}

function compareDefinitions(
  before: ReadonlyMap<string, Definition>,
  after: ReadonlyMap<string, Definition>,
  replaced: ReadonlySet<string>,
): FunctionDifferences {
  const owners = new Map(
    listFunctionFiles().flatMap((file) => listDeclared(file).map((name) => [name, file.name] as const)),
  );
  const ofAccess = namesInAccessRules();
  const outdated = [...after.values()].filter(
    ({ signature, definition }) => replaced.has(signature) && before.get(signature)?.definition !== definition,
  );
  const unknown = [...before.values()].filter(
    ({ signature, name }) => !replaced.has(signature) && !ofAccess.includes(name),
  );
  return {
    outdated: [...new Set(outdated.flatMap(({ name }) => owners.get(name) ?? []))].sort(),
    unknown: unknown.map(({ signature }) => signature).sort(),
  };
}

async function isStandby(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby');
  return rows[0]?.standby === true;
}

async function readDefinitions(client: pg.ClientBase): Promise<ReadonlyMap<string, Definition>> {
  const { rows } = await client.query<Definition>(
    `select oid::regprocedure::text as signature, proname as name, pg_get_functiondef(oid) as definition
     from pg_proc where pronamespace = to_regnamespace('app') and prokind in ('f', 'p')`,
  );
  return new Map(rows.map((row) => [row.signature, row]));
}

/** Signatures of the functions that this transaction wrote; the signature tells overloads of one name apart. */
async function listReplaced(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ signature: string }>(
    `select oid::regprocedure::text as signature from pg_proc
     where pronamespace = to_regnamespace('app') and xmin = pg_current_xact_id()::xid`,
  );
  return new Set(rows.map(({ signature }) => signature));
}

export const describeFunctionDrift = ({ outdated, unknown }: FunctionDifferences): Drift[] => [
  ...(outdated.length === 0
    ? []
    : [
        {
          name: 'functions_differ' as const,
          seen: `the database has other texts than ${outdated.map((name) => `migrations/${name}.sql`).join(', ')}`,
          mend: 'run `acolhe migrate`, which applies the functions again',
          mendable: true,
        },
      ]),
  ...(unknown.length === 0
    ? []
    : [
        {
          name: 'functions_unknown' as const,
          seen: `no file in migrations/functions creates ${unknown.join(', ')}`,
          mend: 'a later release’s or made by hand: drop what nothing needs, in a migration where every database has it',
          mendable: false,
        },
      ]),
];
