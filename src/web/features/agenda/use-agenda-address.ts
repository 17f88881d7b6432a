import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type AgendaAddress, type AgendaView, readAgendaAddress } from './agenda-address.ts';

/** What the address says, with today and the day's view where it says nothing, and a way to change it. */
export function useAgendaAddress(today: string) {
  const address = readAgendaAddress(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = useCallback(
    (change: Partial<Record<keyof AgendaAddress, string | undefined>>, isStep = false): void => {
      void navigate({
        to: '/agenda',
        search: (before) => readAgendaAddress({ ...before, ...change }),
        replace: isStep,
        resetScroll: false,
      });
    },
    [navigate],
  );
  const view: AgendaView = address.ver ?? 'dia';
  return { day: address.dia ?? today, view, person: address.profissional, open: address.atendimento, go };
}
