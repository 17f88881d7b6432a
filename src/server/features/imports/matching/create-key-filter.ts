import { KeyFilter } from './key-filter.ts';
import type { ImportStore } from '../engine/store.ts';

/** A filter of all stored keys, if loading them is less work than looking up each key of the file. */
export async function createKeyFilter(store: ImportStore, expectedRows: number): Promise<KeyFilter | undefined> {
  if (expectedRows < 5000 || (await store.countClients(expectedRows + 1)) > expectedRows) return undefined;
  const filter = new KeyFilter();
  for await (const batch of store.listKeys())
    for (const keys of batch)
      for (const [kind, key] of [keys.document, keys.phone, keys.email, keys.name].entries())
        if (key !== undefined) filter.add(`${String(kind)}${key}`);
  return filter;
}
