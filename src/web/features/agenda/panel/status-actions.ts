import type {
  Appointment,
  AppointmentStatus,
  AppointmentSummary,
} from '../../../../shared/contracts/agenda/appointments.ts';
import { dayOf } from '../../../lib/wall-time.ts';

export type StatusAction = 'confirm' | 'arrive' | 'start' | 'finish' | 'miss' | 'cancel' | 'reschedule' | 'takeBack';

/** The state that an action leads to; none for those that ask first. Where `takeBack` leads depends on what was before. */
export const targets: Readonly<Partial<Record<StatusAction, AppointmentStatus>>> = {
  confirm: 'confirmed',
  arrive: 'arrived',
  start: 'inProgress',
  finish: 'done',
  miss: 'noShow',
};

const byStatus: Readonly<Record<AppointmentStatus, readonly StatusAction[]>> = {
  scheduled: ['confirm', 'arrive', 'miss', 'reschedule', 'cancel'],
  confirmed: ['arrive', 'miss', 'reschedule', 'cancel', 'takeBack'],
  arrived: ['start', 'finish', 'reschedule', 'cancel', 'takeBack'],
  inProgress: ['finish', 'takeBack'],
  done: ['takeBack'],
  noShow: ['takeBack', 'reschedule'],
  canceled: ['takeBack', 'reschedule'],
};

type Known = Pick<AppointmentSummary, 'status' | 'localStart'>;

/** Whether a state can still be taken back: until the appointment's day is over. */
export const mayTakeBack = ({ localStart }: Pick<Known, 'localStart'>, now: string): boolean =>
  dayOf(localStart) >= dayOf(now);

/** What can be done with an appointment, the usual next step first. */
export const listActions = (known: Known, now: string): readonly StatusAction[] =>
  byStatus[known.status].filter((action) => action !== 'takeBack' || mayTakeBack(known, now));

const open: readonly unknown[] = ['scheduled', 'confirmed', 'arrived', 'inProgress'] satisfies AppointmentStatus[];

/** The state to which the present one is taken back: the earlier one it came from; scheduled for a final one. */
export function findStateBefore({ status, history }: Pick<Appointment, 'status' | 'history'>): AppointmentStatus {
  const came = history
    .flatMap(({ changes }) => changes)
    .findLast(({ field, from, to }) => field === 'status' && to === status && isEarlier(from, status));
  return (came?.from as AppointmentStatus | undefined) ?? 'scheduled';
}

const isEarlier = (from: unknown, status: AppointmentStatus): boolean =>
  open.includes(from) && open.indexOf(from) < open.indexOf(status);
