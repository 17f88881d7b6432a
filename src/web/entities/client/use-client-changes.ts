import { refreshTags } from '../tag/tag-queries.ts';
import { meQuery } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { useServerEvents } from '../../lib/server-events.ts';

/** Calls `refresh` with the id of each client that a colleague changes, or with undefined when many may have changed. */
export function useClientChanges(refresh: (id: string | undefined) => void): void {
  useServerEvents({
    onChange: ({ recordType, recordId }, isOwn) => {
      if (recordType === 'client' && !isOwn) refresh(recordId);
      // An import changes many clients; one's own too, because it may end after its page was left.
      if (recordType === 'import') refresh(undefined);
      // What colleagues lend may be more or less now.
      if (recordType === 'covering') {
        void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
        refresh(undefined);
      }
      // A tag with another name, or none any more, changes whoever had it.
      if (recordType === 'tag' && !isOwn) {
        void refreshTags();
        refresh(undefined);
      }
    },
    onGap: () => {
      refresh(undefined);
    },
  });
}
