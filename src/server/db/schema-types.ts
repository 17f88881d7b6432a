import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { createClient } from './connect.ts';

const file = join(projectRoot, 'src', 'server', 'db', 'schema.generated.ts');

async function generateTypes(url: string): Promise<string> {
  const { Cli } = await import('kysely-codegen');
  return new Cli().generate({
    url,
    dialect: 'postgres',
    dateParser: 'string',
    includePattern: 'public.*',
    logLevel: 'silent',
    outFile: null,
  });
}

/** Generates the table types that the code compiles against (schema.generated.ts) from a migrated database. */
export async function writeSchemaTypes(url: string): Promise<void> {
  await writeFile(file, await generateTypes(url));
}

/**
 * The differences between a migrated database and the table types that the code compiles against, one line each.
 * Without the development packages only tables, columns and nullability are compared; with them, types as well.
 */
export async function listSchemaDifferences(url: string): Promise<string[]> {
  const expected = parseMembers(await readFile(file, 'utf8'));
  // kysely-codegen connects by itself and does not understand URLs with parameters or percent-encoding.
  if (!/^[^?%]*\/\w+$/.test(url)) return listColumnDifferences(url, expected);
  const actual = await generateTypes(url).catch((error: unknown) => {
    if (error instanceof Error && /Cannot find (module|package) 'typescript'/.test(error.message)) return undefined;
    throw error;
  });
  if (actual !== undefined) return listDifferences(expected, parseMembers(actual));
  return listColumnDifferences(url, expected);
}

/** Like listSchemaDifferences, but compares only column names and nullability. Exported for its test. */
export async function listColumnDifferences(url: string, expected?: ReadonlyMap<string, string>): Promise<string[]> {
  const members = expected ?? parseMembers(await readFile(file, 'utf8'));
  const emptiness = (type: string): string => (/\bnull\b/.test(type) ? 'a column that may be empty' : 'a column');
  const code = new Map([...members].map(([name, type]) => [name, emptiness(type)]));
  return listDifferences(code, await readColumns(url));
}

async function readColumns(url: string): Promise<ReadonlyMap<string, string>> {
  const client = createClient(url, { connectionTimeoutMillis: 5000, application_name: 'acolhe check' });
  await client.connect();
  try {
    const { rows } = await client.query<{ table: string; column: string; kind: string }>(`
      select c.relname as table, a.attname as column,
        case when a.attnotnull then 'a column' else 'a column that may be empty' end as kind
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
        and a.attnum > 0 and not a.attisdropped`);
    const toInterfaceName = (table: string): string =>
      table.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
    // The last interface of the generated file, `DB`, lists the tables.
    const tables = rows.map(({ table }) => [`DB.${table}`, 'a column'] as const);
    return new Map([
      ...tables,
      ...rows.map(({ table, column, kind }) => [`${toInterfaceName(table)}.${column}`, kind] as const),
    ]);
  } finally {
    await client.end();
  }
}

/** Reads the members of a file of interfaces: `Clients.email` → its type. */
function parseMembers(source: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  for (const [, name = '', body = ''] of source.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms))
    for (const [, member = '', type = ''] of body.matchAll(/^ {2}(\w+): (.*);$/gm))
      members.set(`${name}.${member}`, type);
  return members;
}

function listDifferences(code: ReadonlyMap<string, string>, database: ReadonlyMap<string, string>): string[] {
  return [...new Set([...code.keys(), ...database.keys()])].sort().flatMap((name) => {
    const [expected, actual] = [code.get(name), database.get(name)];
    if (expected === actual) return [];
    if (actual === undefined) return `${name}: the code expects ${expected ?? ''}, the database has no such column`;
    if (expected === undefined) return `${name}: the database has ${actual}, the code does not know it`;
    return `${name}: the code expects ${expected}, the database has ${actual}`;
  });
}
