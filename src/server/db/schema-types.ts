import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cli } from 'kysely-codegen';

const file = join(import.meta.dirname, 'schema.generated.ts');

const describe = (url: string): Promise<string> =>
  new Cli().generate({
    url,
    dialect: 'postgres',
    dateParser: 'string',
    includePattern: 'public.*',
    logLevel: 'silent',
    outFile: null,
  });

/** Writes the table types that the code compiles against from a migrated database. */
export async function writeSchemaTypes(url: string): Promise<void> {
  await writeFile(file, await describe(url));
}

/** Where a migrated database differs from the table types that the code compiles against, a line each. */
export async function listSchemaDifferences(url: string): Promise<string[]> {
  const [actual, expected] = await Promise.all([describe(url), readFile(file, 'utf8')]);
  return differencesBetween(membersOf(expected), membersOf(actual));
}

/** The members of a file of interfaces: `Clients.email` and its type. */
function membersOf(source: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  for (const [, name = '', body = ''] of source.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms))
    for (const [, member = '', type = ''] of body.matchAll(/^ {2}(\w+): (.*);$/gm))
      members.set(`${name}.${member}`, type);
  return members;
}

function differencesBetween(code: ReadonlyMap<string, string>, database: ReadonlyMap<string, string>): string[] {
  return [...new Set([...code.keys(), ...database.keys()])].sort().flatMap((name) => {
    const [expected, actual] = [code.get(name), database.get(name)];
    if (expected === actual) return [];
    if (actual === undefined) return `${name}: the code expects ${expected ?? ''}, the database has no such column`;
    if (expected === undefined) return `${name}: the database has ${actual}, the code does not know it`;
    return `${name}: the code expects ${expected}, the database has ${actual}`;
  });
}
