import type pg from 'pg';
import { createdColumns } from './copy-columns.ts';
import type { Keys, KnownClient } from './known-client.ts';
import { countClients, findClients, listKeys, type Lookup, type LookupScope, type Sharer } from './look-up-queries.ts';
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

/** Somebody changed a client after it was looked up: whoever writes many has to start over. */
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
  /** Whether new clients enter the search index later, which is a hundred times faster. */
  readonly indexLater: boolean;
}

/** What the last step of writing many clients returns. */
export interface Finish {
  /** Rows whose changes other rows reverted. */
  readonly unchangedRows: number;
  readonly moved: number;
  readonly sample: readonly Difference[];
}

/**
 * Finds and writes very many clients, in one transaction that the caller begins and ends. What is asked for is done in that
 * order, one after the other; a failure ends all that follows.
 */
export class BulkClients {
  readonly #statements = new TaskQueue();
  readonly #client: pg.ClientBase;
  readonly #options: BulkOptions;
  #hasDetour = false;
  #isMeasured = false;

  private constructor(client: pg.ClientBase, options: BulkOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Within the transaction that has begun on this connection. */
  static async open(client: pg.ClientBase, options: BulkOptions): Promise<BulkClients> {
    const clients = new BulkClients(client, options);
    await createWorkTables(client);
    clients.#hasDetour = await createDetour(client);
    return clients;
  }

  /** The keys of every active client that may be found, in batches. */
  listKeys(): AsyncGenerator<readonly Keys[]> {
    return listKeys(this.#client, this.#options);
  }

  /** @returns the number of active clients, or `atMost` where there are more. */
  countClients(atMost: number): Promise<number> {
    return countClients(this.#client, this.#options.clinicId, atMost);
  }

  /** The active clients that have one of the keys, as this transaction has changed them. */
  find(lookup: Lookup, sharers: readonly Sharer[] = []): Promise<KnownClient[]> {
    return this.#statements.run(() => findClients(this.#client, this.#options, lookup, sharers));
  }

  /**
   * Writes new clients. Changes of others are kept for the end, because several rows may change one client. Clients are written
   * as they are now: whoever calls may change them at once.
   */
  write(created: readonly KnownClient[], changed: readonly KnownClient[]): Promise<void> {
    const [asCreated, asChanged] = [copyOf(created), copyOf(changed)];
    return this.#statements.run(() => this.#write(asCreated, asChanged));
  }

  /** Writes the changes of existing clients, with one version each. Throws ChangedMeanwhile. */
  finish(sampleSize: number): Promise<Finish> {
    return this.#statements.run(() => this.#finish(sampleSize));
  }

  /** Waits for what is being done and refuses the rest: after that, the transaction may end. */
  stop(): Promise<void> {
    return this.#statements.stop();
  }

  async #write(created: readonly KnownClient[], changed: readonly KnownClient[]): Promise<void> {
    if (this.#options.dryRun === true) {
      if (created.length + changed.length > 0) await keepChanges(this.#client, [...created, ...changed]);
      return;
    }
    await this.#releasePhones(changed);
    if (created.length > 0)
      await insertClients(this.#client, created, createdColumns(created, this.#options), this.#hasDetour);
    if (!this.#isMeasured) await measureClients(this.#client);
    this.#isMeasured = true;
    if (changed.length > 0) await keepChanges(this.#client, changed);
  }

  async #finish(sampleSize: number): Promise<Finish> {
    const { real, unchangedRows, moved } = await countChanges(this.#client);
    if (this.#options.dryRun !== true) await this.#applyChanges(real);
    return { unchangedRows, moved, sample: await sampleChanges(this.#client, sampleSize) };
  }

  /**
   * Phones that clients give up, or share from now on, are free at once, though the change itself is written at the end:
   * somebody of a later row may have the number. Until then it is marked as shared.
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
