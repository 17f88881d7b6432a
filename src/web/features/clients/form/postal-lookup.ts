import type { PostalPlace } from './postal-table.ts';

/** Looks CEPs up. It may find nothing, be slow or fail: saving never waits for it. */
export interface PostalLookup {
  readonly find: (postalCode: string, signal: AbortSignal) => Promise<PostalPlace | undefined>;
}

/** Looks a CEP up in the app's own table, so that no other host learns where a client lives. */
export const offlinePostalLookup: PostalLookup = {
  find: async (postalCode) => {
    const { findPostalPlace } = await import('./postal-table.ts');
    return findPostalPlace(postalCode);
  },
};
