import { useSyncExternalStore } from 'react';

/** Whether the server answers, as the latest request found out; a browser that knows itself offline counts at once. */
let isAway = false;
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

/** Whether what is on the page can't be brought up to date now. */
export const useIsAway = (): boolean => useSyncExternalStore(subscribe, () => isAway);
