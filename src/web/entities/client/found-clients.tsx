import { Trans } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';
import { useDebounced } from '../../lib/debounced.ts';
import { formatPhone } from '../../lib/format.ts';
import { Failure } from '../../ui/failure.tsx';
import { matchingClientsQuery } from './client-queries.ts';

/** Milliseconds without typing after which the search starts. */
const pause = 120;
const maxClients = 6;

export interface FoundClients {
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

/** Below a field that searches clients: that it failed, or found nobody. Clients who cannot be chosen may be left out of `found`. */
export function FoundNotice({ text, found }: { readonly text: string; readonly found: FoundClients }) {
  if (found.error !== null) return <Failure error={found.error} />;
  if (text.trim() === '' || !found.isCurrent || found.clients.length > 0) return null;
  return (
    <p role="status">
      <Trans>Ninguém com este nome ou número entre os clientes.</Trans>
    </p>
  );
}

/** What tells clients of one name apart in a short list: phone and city. */
export const describeFound = ({ phone, city }: ClientSummary): string =>
  [phone === null ? '' : formatPhone(phone), city ?? ''].filter((fact) => fact !== '').join(' · ');
