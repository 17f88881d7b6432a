import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BookingStart } from '../../../entities/appointment/open-booking.ts';
import { clientPackagesQuery, countFree } from '../../../entities/session-package/package-queries.ts';
import type { AgendaFrame } from '../use-agenda-frame.ts';
import type { BookingValues } from './booking-form.ts';

const none: readonly never[] = [];

/** What the dialog holds, with defaults: the client's professional, or the person's own agenda, and the first kind. */
export function useBookingValues(start: BookingStart, { people, types }: AgendaFrame) {
  const [values, setValues] = useState<BookingValues>({
    client: start.client && { kind: 'known', ...start.client },
    professionalId: start.professionalId,
    visitType: start.visitType,
    localStart: start.localStart,
    durationMinutes: undefined,
    roomId: undefined,
    packageId: undefined,
    title: '',
    notes: '',
  });
  const { client } = values;
  const { data: packages = none } = useQuery({
    ...clientPackagesQuery(client?.kind === 'known' ? client.id : ''),
    enabled: client?.kind === 'known',
  });
  const free = packages.filter((each) => countFree(each) > 0);
  const packageId = values.packageId === undefined ? free[0]?.id : (values.packageId ?? undefined);
  const owner = client?.kind === 'known' ? client.professionalId : undefined;
  const wanted = values.professionalId ?? owner;
  return {
    values,
    set: (change: Partial<BookingValues>): void => {
      setValues((before) => ({ ...before, ...change }));
    },
    /** Those of the client that have sessions left, the newest first. */
    packages: free,
    packageId: free.some(({ id }) => id === packageId) ? packageId : undefined,
    professionalId: people.find(({ id }) => id === wanted)?.id ?? people[0]?.id,
    visitType: values.visitType ?? types.find(({ active }) => active)?.key,
  };
}
