import { useEffect, useEffectEvent } from 'react';
import type { ChangeEvent } from '../../shared/contracts/events.ts';
import { meQuery, useMe } from './me.ts';
import { queryClient } from './query.ts';

const eventsUrl = `${import.meta.env.VITE_API_BASE_URL ?? ''}/api/v1/events`;
/** Milliseconds until listening begins (opening the page comes first), and between tries. */
const pause = 2_000;

function readChange(data: unknown): ChangeEvent | undefined {
  try {
    return JSON.parse(String(data)) as ChangeEvent;
  } catch {
    return undefined;
  }
}

/**
 * Tells of records that colleagues change while one looks: `refresh` gets the id, or undefined when something may have
 * been missed. Listens only while the page is in sight, for browsers allow few connections to a host; and only on pages
 * behind the sign-in, so that leaving them ends it.
 */
export function useChanges(recordType: ChangeEvent['recordType'], refresh: (id: string | undefined) => void): void {
  const { id: me } = useMe();
  const tell = useEffectEvent((id: string | undefined) => {
    refresh(id);
  });
  useEffect(
    () =>
      listen({
        onChange: (change) => {
          if (change.recordType === recordType && change.by !== me) tell(change.recordId);
          // Many clients at once, and one's own too: an import may end long after its page was left.
          if (change.recordType === 'import' && recordType === 'client') tell(undefined);
        },
        onGap: () => {
          tell(undefined);
        },
      }),
    [recordType, me],
  );
}

interface Listener {
  readonly onChange: (change: ChangeEvent) => void;
  /** Listening again after a while of not listening. */
  readonly onGap: () => void;
}

/** Opens the stream whenever the page is in sight; returns what ends it. */
function listen({ onChange, onGap }: Listener): () => void {
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let hasListened = false;

  const close = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(again);
  };
  const open = (): void => {
    close();
    if (document.hidden) return;
    const current = new EventSource(eventsUrl, { withCredentials: true });
    source = current;
    current.addEventListener('open', () => {
      if (hasListened) onGap();
      hasListened = true;
    });
    current.addEventListener('change', ({ data }) => {
      const change = readChange(data);
      if (change !== undefined) onChange(change);
    });
    current.addEventListener('error', () => {
      // A lost connection comes back by itself; a refusal does not.
      if (current.readyState === EventSource.CLOSED && source === current) void retry();
    });
  };
  /** Asking who one is renews the access, or signs in again; only then is it worth another try. */
  const retry = async (): Promise<void> => {
    close();
    await queryClient.refetchQueries({ queryKey: meQuery.queryKey, exact: true });
    if (!isOver) again = setTimeout(open, pause);
  };
  let isOver = false;

  again = setTimeout(open, pause);
  document.addEventListener('visibilitychange', open);
  return () => {
    isOver = true;
    close();
    document.removeEventListener('visibilitychange', open);
  };
}
