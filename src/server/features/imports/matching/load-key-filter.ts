import { type BulkClients, type Keys, keyKinds } from '../../clients/bulk-api.ts';
import { KeyFilter } from './key-filter.ts';

/** For files with fewer rows each key is looked up instead. */
const fewRows = 5000;

/** Loads all stored keys into a filter. @returns undefined if looking up each key of the file is less work */
export async function loadKeyFilter(clients: BulkClients, expectedRows: number): Promise<KeyFilter | undefined> {
  if (expectedRows < fewRows || (await clients.countClients(expectedRows + 1)) > expectedRows) return undefined;
  const filter = new KeyFilter();
  for await (const batch of clients.listKeys()) for (const keys of batch) addKeys(filter, keys);
  return filter;
}

function addKeys(filter: KeyFilter, keys: Keys): void {
  for (const kind of keyKinds) {
    const key = keys[kind];
    if (key !== undefined) filter.add(kind, key);
  }
}
