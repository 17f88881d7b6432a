import type { AppointmentStatus, AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { dayOf } from '../../../lib/wall-time.ts';

export type StatusAction = 'confirm' | 'arrive' | 'start' | 'finish' | 'miss' | 'cancel' | 'reschedule' | 'takeBack';

/** The state that an action leads to; none for those that ask first. */
export const targets: Readonly<Partial<Record<StatusAction, AppointmentStatus>>> = {
  confirm: 'confirmed',
  arrive: 'arrived',
  start: 'inProgress',
  finish: 'done',
  miss: 'noShow',
  takeBack: 'scheduled',
};

const byStatus: Readonly<Record<AppointmentStatus, readonly StatusAction[]>> = {
  scheduled: ['confirm', 'arrive', 'miss', 'reschedule', 'cancel'],
  confirmed: ['arrive', 'miss', 'reschedule', 'cancel'],
  arrived: ['start', 'finish', 'reschedule', 'cancel'],
  inProgress: ['finish'],
  done: ['takeBack'],
  noShow: ['takeBack', 'reschedule'],
  canceled: ['takeBack', 'reschedule'],
};

type Known = Pick<AppointmentSummary, 'status' | 'localStart'>;

/** What can be done with an appointment, the usual next step first. A final state can be taken back until its day is over. */
export const listActions = ({ status, localStart }: Known, now: string): readonly StatusAction[] =>
  byStatus[status].filter((action) => action !== 'takeBack' || dayOf(localStart) >= dayOf(now));
