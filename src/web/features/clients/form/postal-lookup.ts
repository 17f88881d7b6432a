import type { PostalPlace } from './postal-table.ts';

/** Where a CEP is looked up. It may know nothing, be slow or fail: saving never waits for it. */
export interface PostalLookup {
  readonly find: (postalCode: string, signal: AbortSignal) => Promise<PostalPlace | undefined>;
}

/** Looks a CEP up in the table that travels with the app: no other host learns where a client lives. */
export const offlinePostalLookup: PostalLookup = {
  find: async (postalCode) => {
    const { findPostalPlace } = await import('./postal-table.ts');
    return findPostalPlace(postalCode);
  },
};
