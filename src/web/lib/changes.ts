import { useEffect, useEffectEvent } from 'react';
import type { ChangeEvent } from '../../shared/contracts/events.ts';
import { meQuery, useMe } from './me.ts';
import { queryClient } from './query.ts';

const eventsUrl = `${import.meta.env.VITE_API_BASE_URL ?? ''}/api/v1/events`;
/** Milliseconds before listening begins, so that the page loads first, and between attempts. */
const pause = 2_000;

function readChange(data: unknown): ChangeEvent | undefined {
  try {
    return JSON.parse(String(data)) as ChangeEvent;
  } catch {
    return undefined;
  }
}

interface ChangeFollower {
  /** Called for each record that somebody changes. `isOwn`: by this person, here or on another device. */
  readonly onChange: (change: ChangeEvent, isOwn: boolean) => void;
  /** Called when changes may have been missed. */
  readonly onGap: () => void;
}

/**
 * Follows the changes of the clinic's records. Listens only while the page is visible, because browsers allow few
 * connections per host, and only on signed-in pages, so that leaving them ends it.
 */
export function useChanges({ onChange, onGap }: ChangeFollower): void {
  const { id: me } = useMe();
  const tell = useEffectEvent((change: ChangeEvent) => {
    onChange(change, change.by === me);
  });
  const tellGap = useEffectEvent(() => {
    onGap();
  });
  useEffect(
    () =>
      listen({
        onChange: (change) => {
          tell(change);
        },
        onGap: () => {
          tellGap();
        },
      }),
    [me],
  );
}

interface Listener {
  readonly onChange: (change: ChangeEvent) => void;
  /** Called when listening resumes: changes may have been missed meanwhile. */
  readonly onGap: () => void;
}

/** Opens the stream whenever the page is visible; returns a function that ends it. */
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
  /** `GET /me` renews the access or leads to a new sign-in; only after that is another attempt worthwhile. */
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
