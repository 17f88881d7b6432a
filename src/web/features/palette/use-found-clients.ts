import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';
import { matchingClientsQuery } from '../../entities/client/client-queries.ts';
import { useDebounced } from '../../lib/debounced.ts';

/** Milliseconds without typing after which the search starts. */
const pause = 120;
const maxClients = 6;

interface FoundClients {
  readonly clients: readonly ClientSummary[];
  /** Whether these clients belong to the current text, and not to an earlier one. */
  readonly isCurrent: boolean;
  readonly error: Error | null;
}

/** Clients for the typed text. Answers are cached by their search, so a late one cannot replace a newer one. */
export function useFoundClients(text: string): FoundClients {
  const typed = text.trim();
  const asked = useDebounced(typed, pause);
  const { data, isPlaceholderData, error } = useQuery({
    ...matchingClientsQuery(asked, maxClients),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  if (typed === '') return { clients: [], isCurrent: true, error: null };
  const isAnswered = error !== null || (data !== undefined && !isPlaceholderData);
  return { clients: (error === null ? data : undefined) ?? [], isCurrent: typed === asked && isAnswered, error };
}
