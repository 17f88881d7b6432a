import { useEffect } from 'react';
import type { ChangeEvent } from '../../../shared/contracts/events.ts';
import { useMe } from '../../lib/me.ts';
import { refreshClient } from './client-api.ts';

const eventsUrl = `${import.meta.env.VITE_API_BASE_URL ?? ''}/api/v1/events`;

/** Milliseconds until listening begins: opening the page comes first. */
const patience = 2000;

function readChange(data: unknown): ChangeEvent | undefined {
  try {
    return JSON.parse(String(data)) as ChangeEvent;
  } catch {
    return undefined;
  }
}

/**
 * Shows what colleagues change while one looks. Listens only while the page is in sight: browsers allow few
 * connections to a host, and a page that comes back into sight is read again anyway.
 */
export function useLiveClients(): void {
  const { id: me } = useMe();
  useEffect(() => {
    let source: EventSource | undefined;
    const listen = (): void => {
      source?.close();
      source = document.hidden ? undefined : new EventSource(eventsUrl, { withCredentials: true });
      source?.addEventListener('change', ({ data }) => {
        const change = readChange(data);
        if (change?.recordType === 'client' && change.by !== me) refreshClient(change.recordId);
      });
    };
    const timer = setTimeout(listen, patience);
    document.addEventListener('visibilitychange', listen);
    return () => {
      clearTimeout(timer);
      source?.close();
      document.removeEventListener('visibilitychange', listen);
    };
  }, [me]);
}
