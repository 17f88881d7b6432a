import { useChanges } from '../../../lib/changes.ts';
import { refreshClient, refreshOpenClients } from '../client-api.ts';

/** Shows colleagues' changes as they happen. */
export function useLiveClients(): void {
  useChanges('client', (id) => {
    if (id === undefined) refreshOpenClients();
    else refreshClient(id);
  });
}
