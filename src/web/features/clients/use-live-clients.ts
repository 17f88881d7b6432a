import { useChanges } from '../../lib/changes.ts';
import { refreshClient, refreshOpenClients } from './client-api.ts';

/** Shows what colleagues change while one looks. */
export function useLiveClients(): void {
  useChanges('client', (id) => {
    if (id === undefined) refreshOpenClients();
    else refreshClient(id);
  });
}
