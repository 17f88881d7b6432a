import type { TextField } from '../reading/rows.ts';

export interface FieldChange {
  readonly field: TextField | 'tags' | 'extra' | 'professionalId';
  readonly from: unknown;
  readonly to: unknown;
}

/** No row has changed it yet. */
export const unchanged = { rows: 0, line: 0 } as const;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Joins successive changes, from the first state to the last; drops those that end where they began. */
export function mergeChanges(earlier: readonly FieldChange[], later: readonly FieldChange[]): FieldChange[] {
  const byField = new Map(earlier.map((change) => [change.field, change]));
  for (const change of later) {
    const before = byField.get(change.field);
    byField.set(change.field, before === undefined ? change : { ...change, from: before.from });
  }
  return [...byField.values()].filter(({ from, to }) => !same(from, to));
}

/** A client of the clinic as the import knows it: stored, or made by an earlier row. */
export interface KnownClient {
  readonly id: string;
  /** The stored version; 0 before it is stored. */
  version: number;
  /** Made by this import. */
  readonly created: boolean;
  /** What this import has changed in an existing client, from its first to its current state. */
  pending: readonly FieldChange[];
  /** How many rows changed it, and the line of the first. */
  changedBy: { readonly rows: number; readonly line: number };
  professionalId: string;
  phoneShared: boolean;
  values: Partial<Record<TextField, string>>;
  tags: readonly string[];
  extra: Readonly<Record<string, string | null>> | null;
}

/** What rows and clients are matched by: document, phone, e-mail, and the name if neither has any of these. */
export interface Keys {
  readonly document: string | undefined;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly name: string | undefined;
}

/** A name as the database joins it (clients.full_name). */
const fullNameOf = (values: KnownClient['values']): string =>
  [values.socialName ?? values.firstName ?? '', values.lastName ?? ''].filter((part) => part !== '').join(' ');

export function keysOf(values: KnownClient['values']): Keys {
  const { document, phone, email } = values;
  const bare = document === undefined && phone === undefined && email === undefined;
  return { document, phone, email: email?.toLowerCase(), name: bare ? fullNameOf(values) : undefined };
}

const kinds = ['document', 'phone', 'email', 'name'] as const;

const none: readonly KnownClient[] = [];

/** The clients in memory while a few thousand rows are matched, by their keys; those of the rows before come along. */
export class WorkingSet {
  readonly #stored = new Set<string>();
  readonly #byKey = {
    document: new Map<string, KnownClient[]>(),
    phone: new Map<string, KnownClient[]>(),
    email: new Map<string, KnownClient[]>(),
    name: new Map<string, KnownClient[]>(),
  };
  readonly #isWanted: (kind: keyof Keys, key: string) => boolean;
  #before: WorkingSet | undefined;

  /**
   * `isWanted` tells which keys anybody will ask for. What rows before those of `before` brought is in the database by now.
   */
  constructor(isWanted: (kind: keyof Keys, key: string) => boolean, before?: WorkingSet) {
    this.#isWanted = isWanted;
    this.#before = before;
    if (before !== undefined) before.#before = undefined;
  }

  /** Whether a stored client is here already, perhaps with changes that are not stored yet. */
  has(id: string): boolean {
    return this.#stored.has(id) || this.#before?.has(id) === true;
  }

  /** Adds a client, or its new keys. */
  add(client: KnownClient): void {
    if (client.version > 0) this.#stored.add(client.id);
    const keys = keysOf(client.values);
    for (const kind of kinds) {
      const key = keys[kind];
      if (key === undefined || !this.#isWanted(kind, key)) continue;
      const list = this.#byKey[kind].get(key);
      if (list === undefined) this.#byKey[kind].set(key, [client]);
      else if (!list.includes(client)) list.push(client);
    }
  }

  /** Those who have the key now; first the one whose phone is not marked as shared. */
  find(kind: keyof Keys, key: string | undefined): readonly KnownClient[] {
    if (key === undefined) return none;
    const bearers = this.#bearers(kind, key);
    // A client whose key has changed is still in the list of its old key.
    const current = bearers.filter((client) => keysOf(client.values)[kind] === key);
    return current.length < 2 ? current : current.sort((a, b) => Number(a.phoneShared) - Number(b.phoneShared));
  }

  /** Those who have had the key, each once. */
  #bearers(kind: keyof Keys, key: string): readonly KnownClient[] {
    const added = this.#byKey[kind].get(key) ?? none;
    const before = this.#before === undefined ? none : this.#before.#bearers(kind, key);
    if (before.length === 0) return added;
    return added.length === 0 ? before : [...new Set([...before, ...added])];
  }
}
