import { resolve } from 'node:path';
import type pg from 'pg';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTestDatabase } from '../../tests/support/database.ts';
import { clientDataExport } from '../shared/contracts/clients.ts';
import type { ClientTable } from './feature.ts';
import { namingColumns } from './features/clients/bulk/undo-queries.ts';
import { contributions, features } from './features.ts';

const docs = resolve(import.meta.dirname, '../../docs/client-data.md');
const tables = Object.entries<ClientTable>(contributions.clientTables);

describe('the list of what hangs on a client', () => {
  let client: pg.Client;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    ({ client, drop } = await connectTestDatabase());
  });
  afterAll(() => drop());

  /** Foreign keys between tables: from which columns to which table. */
  const readKeys = async () => {
    const { rows } = await client.query<{ table: string; columns: string[]; to: string }>(`
      select conrelid::regclass::text as table, confrelid::regclass::text as to,
        array(select a.attname::text from unnest(conkey) k join pg_attribute a on a.attrelid = conrelid and a.attnum = k
          where a.attname <> 'clinic_id') as columns
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
    return rows;
  };

  it('has every table with a foreign key to clients, or to a table that hangs on one', async () => {
    const keys = await readKeys();
    const hanging = new Set(['clients']);
    for (let before = 0; before < hanging.size;) {
      before = hanging.size;
      for (const { table, to } of keys) if (hanging.has(to)) hanging.add(table);
    }
    expect([...hanging].filter((table) => !(table in contributions.clientTables))).toEqual([]);
    for (const [name, { columns, of }] of tables) {
      const toClients = keys.filter((key) => key.table === name && key.to === (of ?? 'clients') && name !== 'clients');
      for (const key of toClients) expect(columns, name).toEqual(expect.arrayContaining(key.columns));
    }
  });

  it('is what keeps a client when the import that brought them is undone', async () => {
    // Versions are counted by the client's own, and what was said about duplicates goes with the client.
    const told = new Set(['clients', 'client_versions', 'duplicate_dismissals']);
    const naming = (await readKeys())
      .filter(({ table, to }) => to === 'clients' && !told.has(table))
      .flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`));
    expect(namingColumns.map((names) => names.join('.')).sort()).toEqual([...new Set(naming)].sort());
  });

  it('has every table with a column that is named after clients', async () => {
    const { rows } = await client.query<{ table: string; column: string }>(`
      select c.relname::text as table, a.attname::text as column
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and a.attname ~ '(^|_)clients?(_|$)' and format_type(a.atttypid, null) in ('uuid', 'uuid[]')`);
    expect(rows.length).toBeGreaterThan(10);
    for (const { table, column } of rows)
      expect(contributions.clientTables[table as keyof typeof contributions.clientTables]?.columns, table).toContain(
        column,
      );
  });

  it('names columns that there are, and tables of the feature that lists them', async () => {
    const { rows } = await client.query<{ column: string }>(
      `select c.relname || '.' || a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped`,
    );
    const known = new Set(rows.map(({ column }) => column));
    for (const [name, { columns, anonymize }] of tables) {
      const changed =
        typeof anonymize === 'object' ? [...(anonymize.emptied ?? []), ...(anonymize.replaced ?? [])] : [];
      for (const column of [...columns, ...changed]) expect(known, name).toContain(`${name}.${column}`);
    }
    for (const feature of features)
      expect(feature.tables).toEqual(expect.arrayContaining(Object.keys(feature.clientTables ?? {})));
  });

  it('says about copies and backups what is true', async () => {
    const { rows } = await client.query<{ name: string }>(
      `select relname::text as name from pg_class where relkind = 'r' and relpersistence = 'u'`,
    );
    const unlogged = new Set(rows.map(({ name }) => name));
    for (const [name, { copy, backup }] of tables) {
      expect(backup === 'left out', name).toBe(unlogged.has(name));
      if (typeof copy === 'string') expect(Object.keys(clientDataExport.shape), name).toContain(copy);
    }
    const copied = new Set(tables.map(([, { copy }]) => copy));
    const lists = Object.keys(clientDataExport.shape).filter(
      (part) => !['generatedAt', 'clinic', 'professional', 'merged'].includes(part),
    );
    expect(lists.filter((part) => !copied.has(part as never))).toEqual([]);
  });

  it('stands in docs/client-data.md (vitest --update writes it anew)', async () => {
    const text = `${intro}\n\n${renderTable()}\n\n${outro}\n`;
    const style = await resolveConfig(docs);
    await expect(await format(text, { ...style, parser: 'markdown' })).toMatchFileSnapshot(docs);
  });
});

const intro = `# What hangs on a client

Every table that has rows about a client, and what becomes of them. The list is made of the \`clientTables\` of the features
(\`src/server/features/*/feature.ts\`); \`src/server/client-tables.test.ts\` compares it with the foreign keys of the database and
fails on a table that is missing. A new table joins it by an entry there.

- **Merge** makes two records one. *given*: the winner has the rows; *stays*: they remain the loser's, and are read together with
  the winner's; *follows*: they go where the row goes on which they hang. **Undo** takes the merge back.
- **Copy**: the list of the person's copy (\`GET /clients/{id}/data-export\` and the archive of \`POST /clients/{id}/copies\`).
- **Anonymising**: the columns that are emptied or replaced; all others stay. The preview of
  \`POST /clients/{id}/anonymize\` is the act itself, taken back.
- **Kept**: the clock that counts: *clinical* (Lei 13.787/2018, art. 6º: 20 years from the last clinical entry, or for good by the
  clinic's choice), *money* (Código Civil, art. 206, § 5º, I: years of the clinic's choice, at least five), *registration* (no
  clock of its own: it goes with the last of the others, at once where there are none).
- **History**: where earlier states are. *trail* is the audit trail, which has ids and times alone.
- **Backup**: *whole* rows are in archives of \`acolhe backup\`.`;

const outro = `Besides, the audit trail names clients by their ids (\`audit_events.record_id\`) and never holds more about them; it is kept
when a client becomes anonymous. \`client_words\` holds the words of all names of a clinic, by which search finds misspelt ones: words
that nobody else has are deleted when a client becomes anonymous. Stored files of imports, and rows that were refused, are deleted
after a day and after 30 days; the preview of anonymising says so. The words of tags are the clinic's (\`clinic_tags\`, and the kept counts of those who have them): they stay when nobody has them any more. Earlier backups hold the client until they are deleted:
[operations](operations.md) tells how anonymising survives a restore.`;

function renderTable(): string {
  const list = (names: readonly string[] = []): string => names.map((name) => `\`${name}\``).join(', ');
  const anonymizing = ({ anonymize }: ClientTable): string => {
    if (typeof anonymize === 'string') return anonymize === 'deleted' ? 'rows deleted' : 'nothing: kept as it is';
    const parts = [
      ...(anonymize.emptied ? [`emptied: ${list(anonymize.emptied)}`] : []),
      ...(anonymize.replaced ? [`replaced: ${list(anonymize.replaced)}`] : []),
    ];
    return parts.join('; ');
  };
  const rows = tables.map(
    ([name, table]) =>
      `| \`${name}\` by ${list(table.columns)} | ${table.holds} | ${table.merge} | ${table.undo} | ${
        typeof table.copy === 'string' ? `\`${table.copy}\`` : `no: ${table.copy.not}`
      } | ${anonymizing(table)} | ${table.part} | ${table.history} | ${table.backup} |`,
  );
  return [
    '| table | holds | merge | undo | copy | anonymising | kept | history | backup |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
