import type { ClientSummary } from '../../../../shared/contracts/clients.ts';

/** Clients asked about at a time. */
const batch = 50;

/** The ids of the whole batches of the list that rows at these places are in. */
export function batchesWith(clients: readonly Pick<ClientSummary, 'id'>[], places: readonly number[]): string[][] {
  const starts = new Set(places.map((place) => Math.floor(place / batch) * batch));
  return [...starts]
    .map((start) => clients.slice(start, start + batch).map(({ id }) => id))
    .filter((ids) => ids.length > 0);
}
