import { useServerEvents } from '../../lib/server-events.ts';

/** What changes an agenda when somebody changes it. */
const records: ReadonlySet<string> = new Set(['appointment', 'agenda', 'series', 'client', 'professional', 'import']);

/** Calls `refresh` when somebody changes the agenda, or may have, here or on another device. */
export function useAgendaChanges(refresh: () => void): void {
  useServerEvents({
    onChange: ({ recordType }) => {
      if (records.has(recordType)) refresh();
    },
    onGap: refresh,
  });
}
