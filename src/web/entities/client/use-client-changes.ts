import { useChanges } from '../../lib/changes.ts';

/** Calls `refresh` with the id of each client that a colleague changes, or with undefined when many may have changed. */
export function useClientChanges(refresh: (id: string | undefined) => void): void {
  useChanges({
    onChange: ({ recordType, recordId }, isOwn) => {
      if (recordType === 'client' && !isOwn) refresh(recordId);
      // Imports change many clients. One's own count too: it may end long after its page was left.
      if (recordType === 'import') refresh(undefined);
    },
    onGap: () => {
      refresh(undefined);
    },
  });
}
