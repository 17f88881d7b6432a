import { useState } from 'react';
import type { BookingStart } from '../../../entities/appointment/open-booking.ts';
import type { AgendaFrame } from '../use-agenda-frame.ts';
import type { BookingValues } from './booking-form.ts';

/** What the dialog holds, with defaults: the client's professional, or the person's own agenda, and the first kind. */
export function useBookingValues(start: BookingStart, { people, types }: AgendaFrame) {
  const [values, setValues] = useState<BookingValues>({
    client: start.client && { kind: 'known', ...start.client },
    professionalId: start.professionalId,
    visitType: start.visitType,
    localStart: start.localStart,
    durationMinutes: undefined,
    roomId: undefined,
    title: '',
    notes: '',
  });
  const { client } = values;
  const owner = client?.kind === 'known' ? client.professionalId : undefined;
  const wanted = values.professionalId ?? owner;
  return {
    values,
    set: (change: Partial<BookingValues>): void => {
      setValues((before) => ({ ...before, ...change }));
    },
    professionalId: people.find(({ id }) => id === wanted)?.id ?? people[0]?.id,
    visitType: values.visitType ?? types.find(({ active }) => active)?.key,
  };
}
