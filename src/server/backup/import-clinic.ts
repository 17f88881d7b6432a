import { once } from 'node:events';
import { finished, pipeline } from 'node:stream/promises';
import pg from 'pg';
import { createTransaction } from '../db/client-transaction.ts';
import { type ClinicTable, listClinicTables } from '../db/table-catalogue.ts';
import type { Transaction } from '../db/transaction.ts';
import { anonymizeAgain } from '../features/anonymizing/api.ts';
import { contributions } from '../features.ts';
import { type AnonymizedOptions, type ArchiveInput, readInTransaction } from './archive-transaction.ts';
import { BackupError } from './backup-error.ts';
import { holdTakenAddresses } from './clinic-addresses.ts';
import { readClinicRows } from './clinic-rows.ts';
import type { ArchiveHead, ArchiveManifest, ClinicArchiveSummary, ClinicHead, TableContent } from './manifest.ts';
import { list, Measure, prepareTransaction, quote, writeTable } from './tables.ts';

export interface ClinicImport extends ArchiveInput, AnonymizedOptions {
  /** Called before the commit, in the same transaction; what it throws undoes everything. */
  readonly finish: (tx: Transaction, clinic: ClinicHead['clinic'], archiveId: string) => Promise<unknown>;
}

export interface ImportedClinic extends ClinicArchiveSummary {
  /** Addresses of people which sign in to another clinic here, so that they do not open this one. */
  readonly heldAddresses: readonly string[];
  readonly anonymizedAgain: number;
}

/**
 * Takes the clinic of an archive into an installation that may have others, in one transaction: all of it or nothing. Counts and
 * hashes of every table are compared with the archive's, as they arrive and as they stand. Throws BackupError when the archive is
 * damaged, of another version of the schema, or holds ids that are here already.
 */
export const importClinicArchive = (options: ClinicImport): Promise<ImportedClinic> =>
  readInTransaction(options, 'clinics import', (client) => new Import(client, options));

class Import {
  readonly #client: pg.Client;
  readonly #options: ClinicImport;
  #head: ClinicHead | undefined;
  #tables: readonly ClinicTable[] = [];
  #held: readonly string[] = [];
  #anonymizedAgain = 0;
  #open: { readonly table: ClinicTable; readonly measure: Measure; readonly copied: Promise<void> } | undefined;
  readonly #arrived = new Map<string, TableContent>();

  constructor(client: pg.Client, options: ClinicImport) {
    this.#client = client;
    this.#options = options;
  }

  async head(head: ArchiveHead): Promise<void> {
    if (!('clinic' in head))
      throw new BackupError('the archive holds a whole installation: `acolhe restore` takes it into an empty database');
    this.#head = head;
    const client = this.#client;
    await prepareTransaction(client);
    await this.#compareMigrations(head);
    const all = await listClinicTables(createTransaction(client));
    this.#tables = all.filter(({ name }) => !contributions.staysBehind.includes(name));
    const shape = JSON.stringify(this.#tables.map(({ name, columns }) => ({ name, columns })));
    if (shape !== JSON.stringify(head.tables))
      throw new BackupError('the archive names tables or columns that its migrations do not make');
    const { rows } = await client.query<{ name: string }>('select name from clinics where id = $1', [head.clinic.id]);
    if (rows[0] !== undefined)
      throw new BackupError(`the clinic is here already, as “${rows[0].name}”: nothing was written`);
  }

  async rows(name: string, chunk: Uint8Array): Promise<void> {
    if (this.#open?.table.name !== name) {
      await this.#finishTable();
      await this.#startTable(name);
    }
    const measure = this.#open?.measure;
    if (measure === undefined || measure.write(chunk)) return;
    // A failing COPY destroys the stream, which then never drains.
    await Promise.race([once(measure, 'drain'), this.#open?.copied]);
  }

  async end(manifest: ArchiveManifest): Promise<void> {
    const head = this.#head;
    await this.#finishTable();
    if (head?.id !== manifest.id) throw new BackupError('the archive was put together from two');
    for (const table of this.#tables) await this.#check(table, head.clinic.id, manifest);
    const tx = createTransaction(this.#client);
    await contributions.afterClinicImport(tx, head.clinic.id);
    const anonymized = (this.#options.anonymized ?? []).filter(({ clinicId }) => clinicId === head.clinic.id);
    this.#anonymizedAgain = await anonymizeAgain(tx, { contributions }, anonymized, 'clinics import');
    await this.#options.finish(tx, head.clinic, head.id);
  }

  summary(): ImportedClinic {
    if (this.#head === undefined) throw new Error('nothing was read yet');
    const contents = this.#tables.map(({ name }) => this.#arrived.get(name) ?? new Measure().result(name));
    return { ...this.#head, contents, heldAddresses: this.#held, anonymizedAgain: this.#anonymizedAgain };
  }

  /** Ends a running COPY, so that the connection can be closed, and rolls back. */
  async abort(): Promise<void> {
    this.#open?.measure.destroy();
    await this.#open?.copied.catch(() => undefined);
    await this.#client.query('rollback').catch(() => undefined);
  }

  /** Throws BackupError unless the archive was made with the schema that is here. */
  async #compareMigrations(head: ClinicHead): Promise<void> {
    const { rows } = await this.#client.query<{ name: string; checksum: string }>(
      'select name, checksum from schema_migrations order by name',
    );
    if (JSON.stringify(rows) === JSON.stringify(head.migrations)) return;
    const [theirs, ours] = [head.migrations.at(-1)?.name ?? 'none', rows.at(-1)?.name ?? 'none'];
    const made = `the archive was made by release ${head.release.version} with the schema ${theirs}, and here it is ${ours}`;
    throw new BackupError(
      head.migrations.length < rows.length
        ? `${made}: bring the installation that it comes from to this release and export the clinic again`
        : `${made}: bring this installation to that release first (\`acolhe migrate\`)`,
    );
  }

  /** Rows come into a temporary table first: COPY knows no policies, and addresses that are taken here have to be held. */
  async #startTable(name: string): Promise<void> {
    const table = this.#tables.find((known) => known.name === name);
    if (table === undefined || this.#arrived.has(name)) throw new BackupError(`the archive holds ${name} out of place`);
    await this.#client.query(
      `create temporary table arriving on commit drop as select ${list(table.columns)} from ${quote(name)} with no data`,
    );
    const measure = new Measure();
    const copied = pipeline(measure, writeTable(this.#client, { name: 'arriving', columns: table.columns }));
    copied.catch(() => undefined);
    this.#open = { table, measure, copied };
  }

  async #finishTable(): Promise<void> {
    if (this.#open === undefined) return;
    const { table, measure, copied } = this.#open;
    measure.end();
    await this.#explain(table, copied);
    this.#open = undefined;
    this.#arrived.set(table.name, measure.result(table.name));
    await this.#refuseOthers(table);
    if (table.name === 'professionals') this.#held = await holdTakenAddresses(this.#client);
    const columns = list(table.columns);
    await this.#explain(
      table,
      this.#client.query(
        `insert into ${quote(table.name)} (${columns}) select ${columns} from arriving order by ${table.order}`,
      ),
    );
    await this.#client.query('drop table arriving');
    this.#options.log(`${table.name}: ${String(this.#arrived.get(table.name)?.rows)} rows`);
  }

  /** An archive that somebody put together must not bring rows of another clinic. */
  async #refuseOthers({ name, key }: ClinicTable): Promise<void> {
    const { rowCount } = await this.#client.query(`select from arriving where ${key} is distinct from $1 limit 1`, [
      this.#head?.clinic.id,
    ]);
    if (rowCount !== 0)
      throw new BackupError(`the archive holds rows of another clinic in ${name}: nothing was written`);
  }

  /** PostgreSQL's message quotes the value, which may be personal data: it is not shown. */
  async #explain({ name }: ClinicTable, work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !/^2[23]/.test(error.code ?? '')) throw error;
      throw new BackupError(
        error.code === '23505'
          ? `${name} holds what is here already (${error.constraint ?? 'a key'}): nothing was written`
          : `rows of ${name} do not fit the table (SQLSTATE ${error.code ?? ''}): nothing was written`,
      );
    }
  }

  /** Compares what arrived, and what now stands in the table, with the manifest. */
  async #check(table: ClinicTable, clinicId: string, manifest: ArchiveManifest): Promise<void> {
    const expected = manifest.tables.find(({ name }) => name === table.name);
    const measure = new Measure();
    await Promise.all([pipeline(readClinicRows(this.#client, table, clinicId), measure), finished(measure.resume())]);
    const standing = measure.result(table.name);
    const arrived = this.#arrived.get(table.name) ?? standing;
    // Addresses that are held differ from the archive's: then the count stands for the rows, and the hash for what arrived.
    const differs =
      table.name === 'professionals' && this.#held.length > 0 ? { ...arrived, rows: standing.rows } : standing;
    const wanted = JSON.stringify(expected);
    if (JSON.stringify(arrived) !== wanted || JSON.stringify(differs) !== wanted)
      throw new BackupError(`${table.name} does not hold what was exported: its count or hash differs`);
  }
}
