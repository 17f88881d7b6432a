import { once } from 'node:events';
import { finished, pipeline } from 'node:stream/promises';
import pg from 'pg';
import { applyAccessRules } from '../db/access-rules.ts';
import { createTransaction } from '../db/client-transaction.ts';
import { applyMigrations, migrateQueue } from '../db/migrate.ts';
import { listMigrations, type SqlFile } from '../db/migration-files.ts';
import { applyFunctions } from '../db/sql-functions.ts';
import { anonymizeAgain } from '../features/anonymizing/api.ts';
import { recordOperatorEvent } from '../features/audit/api.ts';
import { contributions } from '../features.ts';
import { type AnonymizedOptions, type ArchiveInput, readInTransaction } from './archive-transaction.ts';
import { BackupError } from './backup-error.ts';
import { clearEmptyDatabase } from './empty-database.ts';
import type { ArchiveHead, ArchiveManifest, ArchiveSummary, InstallationHead, TableContent } from './manifest.ts';
import { type AuthorityOptions, limitRevivedAuthority, type RevivedAuthority } from './revived-authority.ts';
import { list, listTables, Measure, prepareTransaction, quote, readTable, type Table, writeTable } from './tables.ts';

/** The login of `url` may create tables there. */
export type RestoreOptions = ArchiveInput & AuthorityOptions & AnonymizedOptions;

/** What was restored, who can sign in as a result, and how many people were made anonymous again. */
export type RestoreSummary = ArchiveSummary & {
  readonly authority: RevivedAuthority;
  readonly anonymizedAgain: number;
};

/**
 * Restores an archive into an empty database in one transaction and checks it against its hashes: all or nothing. Ends the
 * sessions in it, makes anonymous again who had been, and applies migrations that are newer than the archive. Throws BackupError
 * when the archive is damaged or newer than this release, or when the database is not empty.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreSummary> {
  const restored = await readInTransaction(options, 'restore', (client) => new Restore(client, options));
  // Archives do not contain the job queue: create its schema.
  await migrateQueue(options.url);
  return restored;
}

class Restore {
  readonly #client: pg.Client;
  readonly #options: RestoreOptions;
  #head: InstallationHead | undefined;
  #authority: RevivedAuthority | undefined;
  #anonymizedAgain = 0;
  #later: readonly SqlFile[] = [];
  #tables: readonly Table[] = [];
  #open: { readonly table: Table; readonly measure: Measure; readonly copied: Promise<void> } | undefined;
  readonly #contents = new Map<string, TableContent>();

  constructor(client: pg.Client, options: RestoreOptions) {
    this.#client = client;
    this.#options = options;
  }

  async head(head: ArchiveHead): Promise<void> {
    const client = this.#client;
    if ('clinic' in head)
      throw new BackupError(
        `the archive holds one clinic alone, “${head.clinic.name}”: \`acolhe clinics import\` takes it in`,
      );
    const known = listMigrations();
    const archived = matchMigrations(head, known);
    this.#head = head;
    this.#later = known.filter(({ name }) => !archived.some((migration) => migration.name === name));
    await prepareTransaction(client);
    await clearEmptyDatabase(client);
    await applyMigrations(client, archived, this.#options.log);
    this.#tables = await listTables(client);
    const shape = JSON.stringify(this.#tables.map(({ name, columns }) => ({ name, columns })));
    if (shape !== JSON.stringify(head.tables))
      throw new BackupError('the archive names tables or columns that its migrations do not make');
    for (const { name } of this.#tables) await client.query(`alter table ${quote(name)} disable trigger user`);
    // Rows that migrations inserted are in the archive too.
    await client.query(`truncate ${list(this.#tables.map(({ name }) => name))} cascade`);
  }

  async rows(name: string, chunk: Uint8Array): Promise<void> {
    if (this.#open?.table.name !== name) {
      await this.#finishTable();
      this.#startTable(name);
    }
    const measure = this.#open?.measure;
    if (measure === undefined || measure.write(chunk)) return;
    // A failing COPY destroys the stream, which then never drains.
    await Promise.race([once(measure, 'drain'), this.#open?.copied]);
  }

  async end(manifest: ArchiveManifest): Promise<void> {
    const client = this.#client;
    const head = this.#head;
    await this.#finishTable();
    if (head?.id !== manifest.id) throw new BackupError('the archive was put together from two');
    for (const table of this.#tables) await this.#check(table, manifest);
    await this.#checkOwners();
    for (const { name } of this.#tables) await client.query(`alter table ${quote(name)} enable trigger user`);
    await applyMigrations(client, this.#later, this.#options.log);
    await applyFunctions(client);
    const tx = createTransaction(client);
    await contributions.afterRestore(tx);
    this.#authority = await limitRevivedAuthority(client, tx, { asOf: head.createdAt, options: this.#options });
    await recordOperatorEvent(tx, 'restore', {
      action: 'backup_restored',
      recordType: 'backup',
      recordId: manifest.id,
    });
    const { anonymized = [] } = this.#options;
    this.#anonymizedAgain = await anonymizeAgain(tx, { contributions }, anonymized, 'restore');
    await applyAccessRules(client);
  }

  summary(): RestoreSummary {
    if (this.#head === undefined || this.#authority === undefined) throw new Error('nothing was read yet');
    const contents = this.#head.tables.flatMap(({ name }) => this.#contents.get(name) ?? []);
    return { ...this.#head, contents, authority: this.#authority, anonymizedAgain: this.#anonymizedAgain };
  }

  /** Ends a running COPY, so that the connection can be closed, and rolls back. */
  async abort(): Promise<void> {
    this.#open?.measure.destroy();
    await this.#open?.copied.catch(() => undefined);
    await this.#client.query('rollback').catch(() => undefined);
  }

  #startTable(name: string): void {
    const table = this.#tables.find((known) => known.name === name);
    if (table === undefined || this.#contents.has(name))
      throw new BackupError(`the archive holds ${name} out of place`);
    const measure = new Measure();
    const copied = pipeline(measure, writeTable(this.#client, table));
    copied.catch(() => undefined);
    this.#open = { table, measure, copied };
  }

  async #finishTable(): Promise<void> {
    if (this.#open === undefined) return;
    const { table, measure, copied } = this.#open;
    measure.end();
    await copied.catch((error: unknown) => {
      // PostgreSQL's message quotes the value, which may be personal data: do not show it.
      if (!(error instanceof pg.DatabaseError) || !/^2[23]/.test(error.code ?? '')) throw error;
      throw new BackupError(`rows of ${table.name} do not fit the table (SQLSTATE ${error.code ?? ''})`);
    });
    this.#contents.set(table.name, measure.result(table.name));
    this.#open = undefined;
    this.#options.log(`${table.name}: ${String(this.#contents.get(table.name)?.rows)} rows`);
  }

  /** Checks that clients have a professional. Otherwise a trigger does, but triggers are off while rows are loaded. */
  async #checkOwners(): Promise<void> {
    const { rowCount } = await this.#client.query(
      `select from clients c where not exists (
         select from professionals p where p.clinic_id = c.clinic_id and p.id = c.professional_id) limit 1`,
    );
    if (rowCount !== 0) throw new BackupError('the archive holds clients of professionals whom it does not hold');
  }

  /** Reads a table back and compares count and hash with the manifest. */
  async #check(table: Table, manifest: ArchiveManifest): Promise<void> {
    const expected = manifest.tables.find(({ name }) => name === table.name);
    const measure = new Measure();
    await Promise.all([pipeline(readTable(this.#client, table), measure), finished(measure.resume())]);
    const found = measure.result(table.name);
    this.#contents.set(table.name, found);
    if (expected === undefined || JSON.stringify(expected) !== JSON.stringify(found))
      throw new BackupError(`${table.name} does not hold what was backed up: its count or hash differs`);
  }
}

/** This release's files of the archive's migrations. Throws BackupError when one is missing or differs. */
function matchMigrations(head: InstallationHead, known: readonly SqlFile[]): SqlFile[] {
  return head.migrations.map(({ name, checksum }) => {
    const own = known.find((migration) => migration.name === name);
    if (own === undefined)
      throw new BackupError(
        `the archive comes from a newer release (${head.release.version}, migration ${name}): restore it with that one`,
      );
    if (own.checksum !== checksum)
      throw new BackupError(`migration ${name} of the archive is not the one of this release`);
    return own;
  });
}
