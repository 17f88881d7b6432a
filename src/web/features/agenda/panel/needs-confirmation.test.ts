import { expect, it } from 'vitest';
import type { AppointmentChange } from '../../../../shared/contracts/agenda/appointments.ts';
import { needsNewConfirmation } from './needs-confirmation.ts';

const change = (action: AppointmentChange['action'], from: string, to: string): AppointmentChange => ({
  version: 1,
  at: '2026-12-01T12:00:00.000Z',
  by: null,
  action,
  changes: [{ field: 'status', from, to }],
});
const confirmed = change('transition', 'scheduled', 'confirmed');
const moved = change('move', 'confirmed', 'scheduled');

it('an appointment that was confirmed and then moved is to be confirmed again', () => {
  expect(needsNewConfirmation({ status: 'scheduled', history: [confirmed, moved] })).toBe(true);
  const later = { ...change('update', '', ''), changes: [{ field: 'roomId', from: null, to: 'one' }] };
  expect(needsNewConfirmation({ status: 'scheduled', history: [confirmed, moved, later] })).toBe(true);
});

it('not once it is confirmed, or was never', () => {
  expect(needsNewConfirmation({ status: 'confirmed', history: [confirmed, moved, confirmed] })).toBe(false);
  expect(needsNewConfirmation({ status: 'scheduled', history: [] })).toBe(false);
  const takenBack = [change('transition', 'scheduled', 'canceled'), change('transition', 'canceled', 'scheduled')];
  expect(needsNewConfirmation({ status: 'scheduled', history: takenBack })).toBe(false);
});
