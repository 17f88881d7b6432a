import type { AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import type { AgendaAddress } from './agenda-address.ts';
import type { AgendaFrame } from './use-agenda-frame.ts';

/** What each view of the agenda gets. */
export interface ViewProps {
  readonly frame: AgendaFrame;
  readonly day: string;
  /** The present wall time. */
  readonly now: string;
  /** The professional that the address names. */
  readonly person: string | undefined;
  readonly onGo: (change: Partial<Record<keyof AgendaAddress, string | undefined>>, isStep?: boolean) => void;
  readonly onOpen: (appointment: AppointmentSummary) => void;
}
