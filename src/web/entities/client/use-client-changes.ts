import { useServerEvents } from '../../lib/server-events.ts';

/** Calls `refresh` with the id of each client that a colleague changes, or with undefined when many may have changed. */
export function useClientChanges(refresh: (id: string | undefined) => void): void {
  useServerEvents({
    onChange: ({ recordType, recordId }, isOwn) => {
      if (recordType === 'client' && !isOwn) refresh(recordId);
      // An import changes many clients; one's own too, because it may end after its page was left.
      if (recordType === 'import') refresh(undefined);
    },
    onGap: () => {
      refresh(undefined);
    },
  });
}
