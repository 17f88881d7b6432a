import type { ClientSummary } from '../../../../shared/contracts/clients.ts';

/** Clients asked about at a time. */
const batch = 50;

/** The ids of whole batches of the list that rows from `first` to `last` are in. */
export function batchesAround(clients: readonly Pick<ClientSummary, 'id'>[], first: number, last: number): string[][] {
  const batches: string[][] = [];
  for (let at = Math.floor(first / batch) * batch; at <= last && at < clients.length; at += batch)
    batches.push(clients.slice(at, at + batch).map(({ id }) => id));
  return batches;
}
