import { useClientChanges } from '../../../entities/client/use-client-changes.ts';
import { refreshClient, refreshOpenClients } from '../client-cache.ts';

/** Shows colleagues' changes as they happen. */
export function useLiveClients(): void {
  useClientChanges((id) => {
    if (id === undefined) refreshOpenClients();
    else refreshClient(id);
  });
}
