import { useQueries } from '@tanstack/react-query';
import type { ClientVisits } from '../../../../shared/contracts/agenda/visits.ts';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { may } from '../../../../shared/permissions.ts';
import { refreshVisits, visitsQuery } from '../../../entities/appointment/visit-queries.ts';
import { useMe } from '../../../lib/me.ts';
import { useServerEvents } from '../../../lib/server-events.ts';
import { useGathered } from '../../../lib/use-gathered.ts';
import type { ListLayout } from './columns.ts';
import { batchesWith } from './visit-batches.ts';

/** Milliseconds in which changes of the agenda are gathered. */
const pause = 1000;

/**
 * Finds when the clients at these places of the list came last and come next, in a request beside the list's: the list waits for
 * none of it, and where no column shows it, nothing is asked.
 */
export function useVisits(
  clients: readonly ClientSummary[],
  { columns }: ListLayout,
  places: readonly number[],
): (id: string) => ClientVisits | undefined {
  const isShown = may(useMe().role, 'agenda.read') && (columns.includes('nextVisit') || columns.includes('lastVisit'));
  const found = useQueries({
    queries: isShown ? batchesWith(clients, places).map((ids) => visitsQuery(ids)) : [],
  });
  useVisitChanges();
  return (id) => found.find(({ data }) => data?.has(id) === true)?.data?.get(id);
}

/** Reads visits again when the agenda changes. */
function useVisitChanges(): void {
  const refresh = useGathered(() => void refreshVisits(), pause);
  useServerEvents({
    onChange: ({ recordType }) => {
      if (recordType === 'appointment') refresh();
    },
    onGap: refresh,
  });
}
