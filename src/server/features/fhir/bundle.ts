import type { Resource } from './resources.ts';
import { encodeNext, type Given, type Search } from './search.ts';

/** A page of a search (R4, Bundle of type `searchset`). `found` holds one more than the page shows, if others follow. */
export function presentBundle(base: string, search: Search, found: readonly Resource[], cursor: string | undefined) {
  const shown = found.slice(0, search.limit);
  const last = found.length > search.limit ? shown.at(-1) : undefined;
  const address = (extra: Given): string => {
    const text = new URLSearchParams([...search.used, ...extra].map(([name, value]) => [name, value])).toString();
    return `${base}/${search.type}${text === '' ? '' : `?${text}`}`;
  };
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    // Known without counting when everything is on the one page; otherwise it is left out.
    total: cursor === undefined && last === undefined ? shown.length : undefined,
    link: [
      { relation: 'self', url: address(cursor === undefined ? [] : [['cursor', cursor]]) },
      ...(last === undefined ? [] : [{ relation: 'next', url: address([['cursor', encodeNext(search, last.id)]]) }]),
    ],
    entry:
      shown.length === 0
        ? undefined
        : shown.map((resource) => ({
            fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
            resource,
            search: { mode: 'match' },
          })),
  };
}
