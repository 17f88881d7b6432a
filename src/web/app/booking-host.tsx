import { type ComponentType, useEffect, useState } from 'react';
import { type BookingStart, bookingEvent } from '../entities/appointment/open-booking.ts';
import { withCatalogue } from '../lib/i18n.ts';
import { toastFailure } from '../ui/toast.tsx';

interface BookingProps {
  readonly start: BookingStart;
  readonly onClose: () => void;
}

const load = withCatalogue('agenda', () => import('../features/agenda/booking/booking-dialog.tsx'));

/** Shows the booking dialog over any page while it is open (`openBooking`). Its code is loaded with the first use. */
export function BookingHost() {
  const [start, setStart] = useState<{ readonly values: BookingStart; readonly turn: number }>();
  const [Dialog, setDialog] = useState<ComponentType<BookingProps>>();
  useEffect(() => {
    const open = (event: Event): void => {
      const values = (event as CustomEvent<BookingStart>).detail;
      load().then(({ BookingDialog }) => {
        setDialog(() => BookingDialog);
        setStart((before) => ({ values, turn: (before?.turn ?? 0) + 1 }));
      }, toastFailure);
    };
    addEventListener(bookingEvent, open);
    return () => {
      removeEventListener(bookingEvent, open);
    };
  }, []);
  if (start === undefined || Dialog === undefined) return null;
  return (
    <Dialog
      key={start.turn}
      start={start.values}
      onClose={() => {
        setStart(undefined);
      }}
    />
  );
}
