import { useServerEvents } from '../../lib/server-events.ts';
import { useGathered } from '../../lib/use-gathered.ts';
import { refreshClinic } from '../clinic/clinic-queries.ts';
import { refreshAgenda } from './appointment-queries.ts';

/** Milliseconds in which changes are gathered: a series makes many at once. */
const pause = 120;
const ofClinic: ReadonlySet<string> = new Set(['clinic', 'visit_type', 'room']);

/**
 * Reads the agenda again when somebody changes it, or may have, here or on another device. Nearly everything shows in an
 * agenda: names of clients, hours of professionals, absences, holidays.
 */
export function useAgendaChanges(): void {
  const refresh = useGathered(() => void refreshAgenda(), pause);
  useServerEvents({
    onChange: ({ recordType }) => {
      if (ofClinic.has(recordType)) void refreshClinic();
      refresh();
    },
    onGap: refresh,
  });
}
