import { type Bearers, KeyBearers } from './bearers.ts';
import { crowd, fullNameOf, keyKinds, type Keys, keysOf, type KnownClient } from '../../clients/bulk-api.ts';

const nobody: Bearers = { clients: [], isCrowd: false };

/** The clients in memory while a chunk is matched, by their keys, together with those of the previous chunk. */
export class WorkingSet {
  readonly #stored = new Set<string>();
  readonly #byKey = {
    document: new Map<string, KeyBearers>(),
    phone: new Map<string, KeyBearers>(),
    email: new Map<string, KeyBearers>(),
    name: new Map<string, KeyBearers>(),
  };
  /** For each phone, the client for whom it is not marked as shared. */
  readonly #phoneHolders = new Map<string, KnownClient>();
  readonly #isWanted: (kind: keyof Keys, key: string, client: KnownClient) => boolean;
  #before: WorkingSet | undefined;

  /** `isWanted` tells by which of its keys a client may be looked up. Clients of chunks before `before` are already in the database. */
  constructor(isWanted: (kind: keyof Keys, key: string, client: KnownClient) => boolean, before?: WorkingSet) {
    this.#isWanted = isWanted;
    this.#before = before;
    if (before !== undefined) before.#before = undefined;
  }

  /** Whether a stored client is in memory, perhaps with changes that are not stored yet. */
  has(id: string): boolean {
    return this.#stored.has(id) || this.#before?.has(id) === true;
  }

  /** Adds a client, or indexes its new keys. */
  add(client: KnownClient): void {
    if (client.version > 0) this.#stored.add(client.id);
    const keys = keysOf(client.values);
    for (const kind of keyKinds) {
      const key = keys[kind];
      if (key === undefined || !this.#isWanted(kind, key, client)) continue;
      let bearers = this.#byKey[kind].get(key);
      if (bearers === undefined) this.#byKey[kind].set(key, (bearers = new KeyBearers()));
      bearers.add(client);
      if (kind === 'phone' && !client.phoneShared) this.#phoneHolders.set(key, client);
    }
  }

  /** A client who has the document now. */
  findByDocument(document: string | undefined): KnownClient | undefined {
    if (document === undefined) return undefined;
    for (const bearers of this.#bearers('document', document))
      for (const client of bearers) if (client.values.document === document) return client;
    return undefined;
  }

  /** Clients who now have the key of a name; of a crowd only some. */
  listNamesakes(key: string): Bearers {
    const found = new Set<KnownClient>();
    for (const bearers of this.#bearers('name', key))
      for (const client of bearers) {
        if (keysOf(client.values).name === key) found.add(client);
        if (found.size > crowd) return { clients: [...found], isCrowd: true };
      }
    return { clients: [...found], isCrowd: false };
  }

  /** Clients who now have the phone or e-mail of these values; the phone's holder first. Of a crowd only namesakes. */
  list(kind: 'phone' | 'email', values: KnownClient['values']): Bearers {
    const key = keysOf(values)[kind];
    if (key === undefined) return nobody;
    const layers = this.#bearers(kind, key);
    if (layers.length === 0) return nobody;
    const isCrowd = areMany(layers);
    const holder = kind === 'phone' ? this.holderOf(key) : undefined;
    const found = new Set(holder === undefined ? [] : [holder]);
    for (const bearers of layers)
      for (const client of isCrowd ? bearers.listNamed(fullNameOf(values), values.dateOfBirth) : bearers)
        // A client whose key has changed is still listed under its old key.
        if (keysOf(client.values)[kind] === key) found.add(client);
    return { clients: [...found], isCrowd };
  }

  /** The client who has a phone without the mark “shared”; all others who have it are marked. */
  holderOf(phone: string | undefined): KnownClient | undefined {
    if (phone === undefined) return undefined;
    const holders = this.#layers().map((layer) => layer.#phoneHolders.get(phone));
    return holders.find((client) => client?.values.phone === phone && !client.phoneShared);
  }

  /** Another client who has a phone, preferably the holder. */
  findOther(phone: string, except: KnownClient): KnownClient | undefined {
    const holder = this.holderOf(phone);
    if (holder !== undefined && holder !== except) return holder;
    for (const bearers of this.#bearers('phone', phone))
      for (const client of bearers) if (client !== except && client.values.phone === phone) return client;
    return undefined;
  }

  #bearers(kind: keyof Keys, key: string): KeyBearers[] {
    return this.#layers()
      .map((layer) => layer.#byKey[kind].get(key))
      .filter((bearers) => bearers !== undefined);
  }

  #layers(): readonly WorkingSet[] {
    return this.#before === undefined ? [this] : [this.#before, this];
  }
}

function areMany(layers: readonly KeyBearers[]): boolean {
  if (layers.some(({ size }) => size > crowd)) return true;
  return layers.length > 1 && new Set(layers.flatMap((bearers) => [...bearers])).size > crowd;
}
