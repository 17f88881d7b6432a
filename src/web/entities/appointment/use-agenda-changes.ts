import { useEffect, useRef } from 'react';
import { useServerEvents } from '../../lib/server-events.ts';
import { refreshAgenda } from './appointment-queries.ts';

/** What changes an agenda when somebody changes it. */
const records: ReadonlySet<string> = new Set(['appointment', 'availability', 'client', 'professional', 'import']);

/** Milliseconds in which changes are gathered: a series makes many at once. */
const pause = 120;

/** Reads the agenda again when somebody changes it, or may have, here or on another device. */
export function useAgendaChanges(): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const refresh = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void refreshAgenda();
    }, pause);
  };
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  useServerEvents({
    onChange: ({ recordType }) => {
      if (records.has(recordType)) refresh();
    },
    onGap: refresh,
  });
}
