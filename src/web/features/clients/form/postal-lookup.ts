import { api } from '../../../lib/api.ts';
import type { PostalPlace } from './postal-table.ts';

/** Looks CEPs up. It may find nothing, be slow or fail: nothing waits for it. */
export interface PostalLookup {
  readonly find: (postalCode: string, signal: AbortSignal) => Promise<PostalPlace | undefined>;
}

/** The app's own table: state, and often the city. No other host learns where a client lives. */
const tableLookup: PostalLookup = {
  find: async (postalCode) => {
    const { findPostalPlace } = await import('./postal-table.ts');
    return findPostalPlace(postalCode);
  },
};

/** Street and district, where the operator has chosen a service that knows them. The server asks it. */
const serviceLookup: PostalLookup = {
  find: async (postalCode, signal) => {
    const { place } = (await api('GET /postal-codes/{postalCode}', { params: { postalCode }, signal })).body;
    if (place === null) return undefined;
    const known = Object.entries(place).filter(([, part]) => part !== null);
    return Object.fromEntries(known) as unknown as PostalPlace;
  },
};

/** In the order in which they count: a later one adds to an earlier one, or corrects it. */
export const postalLookups: readonly PostalLookup[] = [tableLookup, serviceLookup];
