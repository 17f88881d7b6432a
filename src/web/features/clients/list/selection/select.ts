import type { ClientSummary } from '../../../../../shared/contracts/clients.ts';
import { mostAtOnce } from '../../../../../shared/most-at-once.ts';

/** The clients that are chosen, by id, in the order in which they were chosen. */
export type Chosen = ReadonlyMap<string, ClientSummary>;

/** Chooses a client, or no longer. */
export function toggleOne(chosen: Chosen, client: ClientSummary): Chosen {
  if (!chosen.has(client.id)) return selectRange(chosen, [client]);
  return new Map([...chosen].filter(([id]) => id !== client.id));
}

/** Chooses further clients, as many as a request may name. */
export const selectRange = (chosen: Chosen, clients: readonly ClientSummary[]): Chosen =>
  new Map([...chosen, ...clients.map((client) => [client.id, client] as const)].slice(0, mostAtOnce));
