import { useSyncExternalStore } from 'react';

/** True when the latest request got no answer, or the browser reported that it is offline. */
let isAway = !navigator.onLine;
const listeners = new Set<() => void>();

export function noteConnection(isThere: boolean): void {
  if (isAway === !isThere) return;
  isAway = !isThere;
  for (const listener of listeners) listener();
}

addEventListener('offline', () => {
  noteConnection(false);
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the server cannot be reached, so that what the page shows may be out of date. */
export const useIsAway = (): boolean => useSyncExternalStore(subscribe, () => isAway);
