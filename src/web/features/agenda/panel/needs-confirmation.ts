import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';

/** Whether it was confirmed for another time and has not been confirmed for this one. */
export function needsNewConfirmation({ status, history }: Pick<Appointment, 'status' | 'history'>): boolean {
  if (status !== 'scheduled') return false;
  const latest = history.findLast(({ changes }) => changes.some(({ field }) => field === 'status'));
  const change = latest?.changes.find(({ field }) => field === 'status');
  return latest?.action !== 'transition' && change?.from === 'confirmed';
}
