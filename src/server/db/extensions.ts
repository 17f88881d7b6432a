import pg from 'pg';

/** Extensions that the schema needs; all are part of PostgreSQL's contrib. */
const needed = ['pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'fuzzystrmatch'] as const;

/** Objects that migrations name with their schema, each with its extension. */
const owners = { unaccent: 'unaccent', gin_trgm_ops: 'pg_trgm' } as const;

/** The database lacks extensions that this login cannot create; the message says who has to run what. */
class ExtensionsUnusable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExtensionsUnusable';
  }
}

interface Installed {
  readonly name: string;
  readonly schema: string;
  readonly usable: boolean;
}

async function listInstalled(client: pg.ClientBase): Promise<Installed[]> {
  const { rows } = await client.query<Installed>(
    `select e.extname as name, quote_ident(n.nspname) as schema, has_schema_privilege(n.oid, 'usage') as usable
     from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = any ($1)`,
    [needed],
  );
  return rows;
}

/**
 * Creates the extensions that are missing, in the caller's transaction. Those that exist stay where they are, whatever
 * their schema. Throws ExtensionsUnusable when the login may not create or reach them.
 */
export async function prepareExtensions(client: pg.ClientBase): Promise<void> {
  const present = new Set((await listInstalled(client)).map(({ name }) => name));
  const refused: { readonly name: string; readonly reason: string }[] = [];
  for (const name of needed.filter((extension) => !present.has(extension))) {
    const reason = await tryToCreate(client, name);
    if (reason !== undefined) refused.push({ name, reason });
  }
  if (refused.length > 0)
    throw new ExtensionsUnusable(
      `the database lacks ${refused.map(({ name }) => name).join(', ')}, and this login cannot create them ` +
        `(${refused[0]?.reason ?? ''}): let an administrator of the server run, in this database, ` +
        `\`${refused.map(({ name }) => `create extension ${name};`).join(' ')}\` (where the server does not have them, ` +
        'install postgresql-contrib first), then run `acolhe migrate` again',
    );
  const closed = (await listInstalled(client)).filter(({ usable }) => !usable);
  if (closed.length > 0)
    throw new ExtensionsUnusable(
      `${closed.map(({ name, schema }) => `${name} lies in schema ${schema}`).join(', ')}, which this login may not use: ` +
        `let its owner run \`${[...new Set(closed.map(({ schema }) => `grant usage on schema ${schema} to public;`))].join(' ')}\`, ` +
        'then run `acolhe migrate` again',
    );
}

/** @returns undefined on success, otherwise the server's reason for refusing */
async function tryToCreate(client: pg.ClientBase, name: string): Promise<string | undefined> {
  await client.query('savepoint extension');
  try {
    await client.query(`create extension ${name} with schema public`);
    return undefined;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    await client.query('rollback to savepoint extension');
    return error.message;
  }
}

/** @returns a function that rewrites a migration for a database whose extensions are not in schema `public` */
export async function readExtensionSchemas(client: pg.ClientBase): Promise<(sql: string) => string> {
  const schemas = new Map((await listInstalled(client)).map(({ name, schema }) => [name, schema]));
  return (sql) =>
    Object.entries(owners).reduce(
      (text, [object, extension]) =>
        text.replace(
          new RegExp(`\\bpublic\\.${object}\\b`, 'g'),
          () => `${schemas.get(extension) ?? 'public'}.${object}`,
        ),
      sql,
    );
}

/** Adds the extensions' schemas to the search path of our functions, so that they find extensions outside `public`. */
export const pointSearchPaths = (client: pg.ClientBase): Promise<unknown> => client.query(searchPaths);

const searchPaths = `do $$
declare
  path text := array_to_string(array['public'] || array(
    select distinct quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname in (${needed.map((name) => `'${name}'`).join(', ')}) and n.nspname not in ('public', 'pg_catalog')
    order by 1
  ) || array['pg_temp'], ', ');
  item record;
begin
  for item in
    select p.oid::regprocedure::text as name from pg_proc p, unnest(p.proconfig) as setting
    where p.pronamespace = 'app'::regnamespace and setting like 'search_path=public%' and setting <> 'search_path=' || path
  loop
    execute format('alter function %s set search_path = %s', item.name, path);
  end loop;
end
$$`;
