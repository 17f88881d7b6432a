import type pg from 'pg';
import { insertSpellings, readKeys, readNames } from './bulk-queries.ts';

interface SpellerOptions {
  readonly clinicId: string;
  /** Whether tags that the clinic does not have are added to it. */
  readonly adds: boolean;
}

/** Spells the tags of an import, in its transaction. Asks the database once for each spelling. */
export class TagSpeller {
  readonly #client: pg.ClientBase;
  readonly #options: SpellerOptions;
  /** The clinic's spelling of each that was written. */
  readonly #names = new Map<string, string>();
  /** The spelling that a key got; of tags that the clinic does not have, the first one. */
  readonly #chosen = new Map<string, string>();

  constructor(client: pg.ClientBase, options: SpellerOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** @returns the clinic's spelling of each, and of all that were asked for before */
  async spell(written: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const unknown = [...written].filter((tag) => !this.#names.has(tag));
    if (unknown.length > 0) await this.#learn(unknown);
    return this.#names;
  }

  async #learn(written: readonly string[]): Promise<void> {
    const keys = await readKeys(this.#client, written);
    const isWhole = (names: readonly { readonly key: string }[]) =>
      names.length === new Set(keys.map(({ key }) => key)).size;
    const asked = await this.#lookUp(keys);
    // One that was renamed between the two statements is not the clinic's any more: it is added now.
    const known = !this.#options.adds || isWhole(asked) ? asked : await this.#lookUp(keys);
    for (const { key, name } of known) this.#chosen.set(key, name);
    for (const { written: tag, key, tidy } of keys) {
      const name = this.#chosen.get(key) ?? tidy;
      this.#chosen.set(key, name);
      this.#names.set(tag, name);
    }
  }

  /** Adds what is missing if that is wanted. */
  async #lookUp(keys: Awaited<ReturnType<typeof readKeys>>): ReturnType<typeof readNames> {
    const { clinicId, adds } = this.#options;
    if (adds) await insertSpellings(this.#client, clinicId, keys);
    return readNames(
      this.#client,
      clinicId,
      keys.map(({ key }) => key),
    );
  }
}
