import { useEffect, useEffectEvent } from 'react';
import type { ChangeEvent } from '../../shared/contracts/events.ts';
import { meQuery, useMe } from './me.ts';
import { queryClient } from './query.ts';

const eventsUrl = `${import.meta.env.VITE_API_BASE_URL ?? ''}/api/v1/events`;
/** Milliseconds before the stream is opened, so that the page loads first, and between attempts. */
const pause = 2_000;

function parseChange(data: unknown): ChangeEvent | undefined {
  try {
    return JSON.parse(String(data)) as ChangeEvent;
  } catch {
    return undefined;
  }
}

interface EventHandlers {
  /** Called for each record that somebody changes. `isOwn`: by this person, here or on another device. */
  readonly onChange: (change: ChangeEvent, isOwn: boolean) => void;
  /** Called when changes may have been missed. */
  readonly onGap: () => void;
}

/**
 * Listens to the clinic's server-sent events while the component is on the page. All components share one stream, which is open
 * only while the page is visible, because browsers allow few connections per host.
 */
export function useServerEvents({ onChange, onGap }: EventHandlers): void {
  const { id: me } = useMe();
  const handleChange = useEffectEvent((change: ChangeEvent) => {
    onChange(change, change.by === me);
  });
  const handleGap = useEffectEvent(() => {
    onGap();
  });
  useEffect(
    () =>
      listen({
        onChange: (change) => {
          handleChange(change);
        },
        onGap: () => {
          handleGap();
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

const listeners = new Set<Listener>();
let closeStream: (() => void) | undefined;

/** @returns a function that ends listening; the last one closes the stream */
function listen(listener: Listener): () => void {
  listeners.add(listener);
  closeStream ??= keepStream();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    closeStream?.();
    closeStream = undefined;
  };
}

/** Opens the stream whenever the page is visible. @returns a function that closes it for good */
function keepStream(): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasListened = false;

  const close = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
  };
  const open = (): void => {
    close();
    if (document.hidden) return;
    const current = new EventSource(eventsUrl, { withCredentials: true });
    source = current;
    current.addEventListener('open', () => {
      if (hasListened) for (const { onGap } of listeners) onGap();
      hasListened = true;
    });
    current.addEventListener('change', ({ data }) => {
      const change = parseChange(data);
      if (change !== undefined) for (const { onChange } of listeners) onChange(change);
    });
    current.addEventListener('error', () => {
      // After a lost connection the browser tries again by itself; after a refusal it does not.
      if (current.readyState === EventSource.CLOSED && source === current) void retry();
    });
  };
  /** The refusal may mean an expired session: `GET /me` renews it or asks for a sign-in, then the stream is opened again. */
  const retry = async (): Promise<void> => {
    close();
    await queryClient.refetchQueries({ queryKey: meQuery.queryKey, exact: true });
    if (!isOver) timer = setTimeout(open, pause);
  };
  let isOver = false;

  timer = setTimeout(open, pause);
  document.addEventListener('visibilitychange', open);
  return () => {
    isOver = true;
    close();
    document.removeEventListener('visibilitychange', open);
  };
}
