import { crowd, fullNameOf, type KnownClient } from '../../clients/bulk-api.ts';

/** Clients who have a key. */
export interface Bearers {
  readonly clients: readonly KnownClient[];
  /** True when there are too many to compare; `clients` has only some then. */
  readonly isCrowd: boolean;
}

/** All clients who have, or had, one key. Once there are many, they are indexed by name and date of birth. */
export class KeyBearers {
  readonly #all = new Set<KnownClient>();
  #named: Map<string, Set<KnownClient>> | undefined;
  #born: Map<string, Set<KnownClient>> | undefined;

  get size(): number {
    return this.#all.size;
  }

  [Symbol.iterator](): IterableIterator<KnownClient> {
    return this.#all.values();
  }

  /** Adds a client, or indexes its new name. */
  add(client: KnownClient): void {
    this.#all.add(client);
    if (this.#named !== undefined) this.#index(client);
    else if (this.#all.size > crowd) for (const each of this.#all) this.#index(each);
  }

  /** Clients with a name; if even those are many, only those whose birth date is the given one or unknown. */
  listNamed(name: string, birth: string | undefined): readonly KnownClient[] {
    const named = this.#named?.get(name);
    if (named === undefined) return [...this.#all].filter(({ values }) => fullNameOf(values) === name);
    if (named.size <= crowd || birth === undefined) return first(named);
    return [...first(this.#born?.get(`${birth}\n${name}`)), ...first(this.#born?.get(`\n${name}`))];
  }

  #index(client: KnownClient): void {
    const name = fullNameOf(client.values);
    this.#named ??= new Map<string, Set<KnownClient>>();
    this.#born ??= new Map<string, Set<KnownClient>>();
    addTo(this.#named, name, client);
    addTo(this.#born, `${client.values.dateOfBirth ?? ''}\n${name}`, client);
  }
}

function addTo(index: Map<string, Set<KnownClient>>, key: string, client: KnownClient): void {
  const found = index.get(key);
  if (found === undefined) index.set(key, new Set([client]));
  else found.add(client);
}

function first(clients: ReadonlySet<KnownClient> = new Set()): KnownClient[] {
  const found: KnownClient[] = [];
  for (const client of clients) {
    if (found.length > crowd) break;
    found.push(client);
  }
  return found;
}
