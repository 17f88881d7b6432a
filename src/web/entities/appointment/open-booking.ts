/** With what the booking dialog begins. */
export interface BookingStart {
  readonly client?: { readonly id: string; readonly name: string; readonly professionalId?: string } | undefined;
  readonly professionalId?: string | undefined;
  /** A time of the clinic's wall clock. Without it, free times are offered. */
  readonly localStart?: string | undefined;
  /** The day from which free times are offered, unless it is past; today without it. */
  readonly day?: string | undefined;
  /** Minutes that are free from then on. */
  readonly freeMinutes?: number | undefined;
  readonly visitType?: string | undefined;
  /** The missed or canceled appointment that this one makes up for. */
  readonly makeupOf?: string | undefined;
}

export const bookingEvent = 'acolhe:book';

/** Opens the booking dialog over any page. */
export function openBooking(start: BookingStart = {}): void {
  dispatchEvent(new CustomEvent<BookingStart>(bookingEvent, { detail: start }));
}
