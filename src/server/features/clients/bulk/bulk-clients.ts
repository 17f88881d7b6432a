import type pg from 'pg';
import { TagSpeller } from '../../tags/bulk-api.ts';
import { listCreatedColumns } from './copy-columns.ts';
import type { Keys, KnownClient } from './known-client.ts';
import {
  countClients,
  findClients,
  listArchived,
  listKeys,
  listNames,
  type Lookup,
  type LookupScope,
  type NamedClient,
  type Sharer,
} from './look-up-queries.ts';
import { type Difference, sampleChanges } from './sample-queries.ts';
import { TaskQueue } from './task-queue.ts';
import {
  countChanges,
  createDetour,
  createWorkTables,
  insertClients,
  insertVersions,
  keepChanges,
  measureClients,
  restorePhones,
  sharePhones,
  updateChanged,
} from './write-queries.ts';

/** Somebody changed a client after the import had looked it up. The import has to start over. */
export class ChangedMeanwhile extends Error {
  constructor() {
    super('a client was changed while it was imported');
    this.name = 'ChangedMeanwhile';
  }
}

export interface BulkOptions extends LookupScope {
  readonly action: 'import' | 'import_undone';
  readonly actorId: string;
  readonly sessionId: string | null;
  /** Add new clients to the search index later, which makes writing a hundred times faster. */
  readonly indexLater: boolean;
}

/** The result of BulkClients.finish. */
export interface Finish {
  /** The number of rows whose changes other rows reverted. */
  readonly unchangedRows: number;
  readonly moved: number;
  /** The number of clients who had a name and get another one. */
  readonly renamed: number;
  readonly sample: readonly Difference[];
}

/**
 * Finds and writes very many clients in one transaction, which the caller begins and ends. Calls are executed one after the
 * other, in order; after a failure all later calls fail too.
 */
export class BulkClients {
  readonly #statements = new TaskQueue();
  readonly #client: pg.ClientBase;
  readonly #options: BulkOptions;
  readonly #tags: TagSpeller;
  #hasDetour = false;
  #isMeasured = false;

  private constructor(client: pg.ClientBase, options: BulkOptions) {
    this.#client = client;
    this.#options = options;
    this.#tags = new TagSpeller(client, { clinicId: options.clinicId, adds: options.dryRun !== true });
  }

  /** Begins within the transaction that is open on this connection. */
  static async open(client: pg.ClientBase, options: BulkOptions): Promise<BulkClients> {
    const clients = new BulkClients(client, options);
    await createWorkTables(client);
    clients.#hasDetour = await createDetour(client);
    return clients;
  }

  /** Yields the keys of all active clients that the scope may find, in batches. */
  listKeys(): AsyncGenerator<readonly Keys[]> {
    return listKeys(this.#client, this.#options);
  }

  /** Yields the names of all active clients that the import may change, in batches. */
  listNames(): AsyncGenerator<readonly NamedClient[]> {
    return listNames(this.#client, this.#options);
  }

  /** The prints of archived clients, as they were before the import. */
  listArchived(): Promise<ReadonlySet<string>> {
    return this.#statements.run(() => listArchived(this.#client, this.#options));
  }

  /** @returns the number of active clients, at most `atMost` */
  countClients(atMost: number): Promise<number> {
    return countClients(this.#client, this.#options.clinicId, atMost);
  }

  /** Finds the active clients that have one of the keys, including this transaction's changes. */
  find(lookup: Lookup, sharers: readonly Sharer[] = []): Promise<KnownClient[]> {
    return this.#statements.run(() => findClients(this.#client, this.#options, lookup, sharers));
  }

  /** Gives the clinic's spelling of tags; adds those that it does not have, unless this is a dry run. */
  spellTags(written: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    return this.#statements.run(() => this.#tags.spell(written));
  }

  /**
   * Writes new clients. Changes of existing ones are kept for `finish`, because several rows may change one client. What is
   * written are the values at the time of the call: the caller may change the clients at once.
   */
  write(created: readonly KnownClient[], changed: readonly KnownClient[]): Promise<void> {
    const [asCreated, asChanged] = [copyOf(created), copyOf(changed)];
    return this.#statements.run(() => this.#write(asCreated, asChanged));
  }

  /** Writes the changes of existing clients, each with one version. Throws ChangedMeanwhile. */
  finish(sampleSize: number): Promise<Finish> {
    return this.#statements.run(() => this.#finish(sampleSize));
  }

  /** Waits for the running call and refuses the others. Afterwards the transaction can be ended. */
  stop(): Promise<void> {
    return this.#statements.stop();
  }

  async #write(created: readonly KnownClient[], changed: readonly KnownClient[]): Promise<void> {
    if (this.#options.dryRun === true) {
      // Later rows look up what is kept here, and match nobody with an archived client.
      const kept = [...created.filter(({ archivedAt }) => archivedAt === undefined), ...changed];
      if (kept.length > 0) await keepChanges(this.#client, kept);
      return;
    }
    await this.#releasePhones(changed);
    if (created.length > 0)
      await insertClients(this.#client, created, listCreatedColumns(created, this.#options), this.#hasDetour);
    if (!this.#isMeasured) await measureClients(this.#client);
    this.#isMeasured = true;
    if (changed.length > 0) await keepChanges(this.#client, changed);
  }

  async #finish(sampleSize: number): Promise<Finish> {
    const { real, unchangedRows, moved, renamed } = await countChanges(this.#client);
    if (this.#options.dryRun !== true) await this.#applyChanges(real);
    return { unchangedRows, moved, renamed, sample: await sampleChanges(this.#client, sampleSize) };
  }

  /**
   * Frees phones that clients give up, or share from now on, although the change itself is written at the end: a later row may
   * have the number. Until then it is marked as shared, so that the unique index allows it twice.
   */
  async #releasePhones(changed: readonly KnownClient[]): Promise<void> {
    const released = changed.filter(
      ({ pending, phoneShared }) => phoneShared || pending.some(({ field }) => field === 'phone'),
    );
    if (released.length === 0) return;
    await sharePhones(
      this.#client,
      this.#options.clinicId,
      released.map(({ id }) => id),
    );
  }

  async #applyChanges(expected: number): Promise<void> {
    await restorePhones(this.#client, this.#options.clinicId);
    if ((await updateChanged(this.#client, this.#options.clinicId)) !== expected) throw new ChangedMeanwhile();
    await insertVersions(this.#client, this.#options);
  }
}

/** A change gives a client new values; it never changes the values themselves. */
const copyOf = (clients: readonly KnownClient[]): KnownClient[] => clients.map((client) => ({ ...client }));
