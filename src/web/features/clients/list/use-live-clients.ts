import { useClientChanges } from '../../../entities/client/use-client-changes.ts';
import { refreshClient, refreshOpenClients } from '../client-cache.ts';

/** Reads clients again when colleagues change them. */
export function useLiveClients(): void {
  useClientChanges((id) => {
    if (id === undefined) refreshOpenClients();
    else refreshClient(id);
  });
}
