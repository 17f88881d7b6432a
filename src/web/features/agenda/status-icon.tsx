import {
  IconCheck,
  IconChecks,
  IconCircle,
  IconDoorEnter,
  IconPlayerPlayFilled,
  IconUserOff,
  IconX,
} from '@tabler/icons-react';
import type { AppointmentStatus } from '../../../shared/contracts/agenda/appointments.ts';

const icons = {
  scheduled: IconCircle,
  confirmed: IconCheck,
  arrived: IconDoorEnter,
  inProgress: IconPlayerPlayFilled,
  done: IconChecks,
  noShow: IconUserOff,
  canceled: IconX,
} as const satisfies Readonly<Record<AppointmentStatus, unknown>>;

/** Each state has a shape of its own, so that nobody needs the colour. */
export function StatusIcon({ status, size = '1em' }: { readonly status: AppointmentStatus; readonly size?: string }) {
  const Icon = icons[status];
  return <Icon size={size} aria-hidden="true" />;
}
