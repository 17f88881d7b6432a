import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { hidesTable, listCalledFunctions, listWrittenTables } from '../../tests/support/written-tables.ts';
import { features } from './features.ts';

const root = join(import.meta.dirname, '..', '..');

/** A writer that is not a feature. */
const migrator = 'db';

/**
 * Sources that write tables without naming them in their SQL: restoring an archive, clients by COPY, and a clinic that comes or
 * goes with all its rows.
 */
const mayHideTables = [
  'src/server/backup/import-clinic.ts',
  'src/server/backup/restore-backup.ts',
  'src/server/backup/tables.ts',
  'src/server/features/clients/bulk/write-queries.ts',
  'src/server/features/clinics/deletion-queries.ts',
];

/**
 * SQL functions that may write a table of another feature, as `caller: function`. `enter` notes when a session was last used;
 * `index_clients` notes on an import that none of its clients waits for the search index any more.
 */
const lentFunctions: readonly string[] = ['db: enter', 'clients: index_clients'];

const owners = new Map<string, string>([
  ...features.flatMap(({ name, tables }) => tables.map((table) => [table, name] as const)),
  ['schema_migrations', migrator],
]);

interface Source {
  readonly file: string;
  readonly text: string;
}

const sources: readonly Source[] = ['src/server', 'src/cli'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing\//.test(file))
    .map((file) => `${folder}/${file}`)
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') })),
);

/** `src/server/features/clients/queries.ts` → `clients`, `src/server/db/migrate.ts` → `db`. */
const writerOf = (file: string): string => /^src\/(?:server\/features|server|cli)\/([^/.]+)/.exec(file)?.[1] ?? file;

let database: TestDatabase;
/** From the database's catalogue: tables, the bodies of functions by name, and the functions that a table's triggers call. */
const catalogue = {
  tables: [] as string[],
  functions: new Map<string, string>(),
  triggers: [] as { table: string; function: string }[],
};

beforeAll(async () => {
  database = await createTestDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  const [tables, functions, triggers] = [
    await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
    ),
    await client.query<{ name: string; body: string }>(
      `select proname as name, pg_get_functiondef(oid) as body from pg_proc
        where pronamespace in ('app'::regnamespace, 'public'::regnamespace) and prokind in ('f', 'p')
          and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')`,
    ),
    await client.query<{ table: string; function: string }>(
      `select relname as table, proname as function from pg_trigger join pg_class on pg_class.oid = tgrelid
        join pg_proc on pg_proc.oid = tgfoid where not tgisinternal and relnamespace = 'public'::regnamespace`,
    ),
  ];
  await client.end();
  catalogue.tables = tables.rows.map((row) => row.name);
  for (const { name, body } of functions.rows)
    catalogue.functions.set(name, `${catalogue.functions.get(name) ?? ''}\n${body}`);
  catalogue.triggers = triggers.rows;
});
afterAll(() => database.drop());

/** The tables that a text writes, itself or through functions it calls, except functions that this writer may call. */
function reach(text: string, writer: string, seen: ReadonlySet<string> = new Set()): string[] {
  const called = listCalledFunctions(text).filter(
    (name) => catalogue.functions.has(name) && !seen.has(name) && !lentFunctions.includes(`${writer}: ${name}`),
  );
  const inside = called.flatMap((name) =>
    reach(catalogue.functions.get(name) ?? '', writer, new Set([...seen, ...called])),
  );
  return [...new Set([...listWrittenTables(text), ...inside])].filter((table) => catalogue.tables.includes(table));
}

/** Writes to tables of other features, as `file: table of owner`. */
const trespasses = ({ file, text }: Source): string[] =>
  reach(text, writerOf(file))
    .filter((table) => owners.get(table) !== writerOf(file))
    .map((table) => `${file}: ${table} of ${owners.get(table) ?? 'nobody'}`);

describe('every table has one owner', () => {
  it('that a feature names, for each table of the migrated database', () => {
    expect([...owners.keys()].sort()).toEqual([...catalogue.tables].sort());
    expect(new Set(owners.keys()).size).toBe(features.flatMap(({ tables }) => tables).length + 1);
  });

  it('and nobody else writes it: not by the query builder, not in SQL, not by COPY, not by a function', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.flatMap(trespasses)).toEqual([]);
  });

  it('and its triggers write tables of the same owner', () => {
    expect(catalogue.triggers.length).toBeGreaterThan(5);
    const strays = catalogue.triggers.flatMap(({ table, function: name }) =>
      reach(catalogue.functions.get(name) ?? '', owners.get(table) ?? '')
        .filter((written) => owners.get(written) !== owners.get(table))
        .map((written) => `${name} on ${table}: ${written}`),
    );
    expect(strays).toEqual([]);
  });

  it('and its name stands where it is written', () => {
    const hiding = sources.filter(({ text }) => hidesTable(text)).map(({ file }) => file);
    expect(hiding.filter((file) => !mayHideTables.includes(file))).toEqual([]);
  });
});

describe('a second writer is found', () => {
  const file = 'src/server/features/events/queries.ts';
  it.each([
    [`tx.run(qb.insertInto('clients').values({}))`, 'clients of clients'],
    [`tx.run(\n  qb\n    .updateTable('professionals')\n    .set({}))`, 'professionals of professionals'],
    [`qb.deleteFrom('rate_limits as r')`, 'rate_limits of auth'],
    [`qb.mergeInto('imports')`, 'imports of imports'],
    ['sql`insert into audit_events (id) values (1)`', 'audit_events of audit'],
    ["sql`insert ${sql.into('audit_events', {})}`", 'audit_events of audit'],
    ["sql`update clients ${sql.set('clients', row)}`", 'clients of clients'],
    ['sql`with x as (update only clients c set version = 2) select 1`', 'clients of clients'],
    ['sql`update clients as c\n  set version = 2`', 'clients of clients'],
    ['sql`DELETE FROM public."passkeys"`', 'passkeys of auth'],
    ['sql`merge into clinics using x on true`', 'clinics of clinics'],
    ['copyFrom(`copy import_rejects (line, cells) from stdin`)', 'import_rejects of imports'],
    ['client.query(`truncate table client_words`)', 'client_words of clients'],
    ['sql`select app.charge_limits(${limits})`', 'rate_limits of auth'],
    ['sql`select app.anonymize_client(${id})`', 'clients of clients'],
  ])('in %s', (text, told) => {
    expect(trespasses({ file, text })).toContain(`${file}: ${told}`);
  });

  it.each([
    'qb.insertInto(table)',
    'sql`insert ${sql.into(table, row)}`',
    'qb.deleteFrom(\n  name,\n)',
    'client.query(`copy ${table} from stdin`)',
    'sql`update ${table} c set x = 1`',
  ])('also where it hides the name: %s', (text) => {
    expect(hidesTable(text)).toBe(true);
  });

  it.each([
    `qb.selectFrom('clients').select('id').forUpdate()`,
    '// insert into clients\n/* delete from clients */',
    'sql`select copy from clients`',
    'sql`select app.search_clients(${query})`',
    `qb.insertInto('import_batch')`,
  ])('and a reader is not taken for one: %s', (text) => {
    expect(trespasses({ file, text })).toEqual([]);
    expect(hidesTable(text)).toBe(false);
  });
});
