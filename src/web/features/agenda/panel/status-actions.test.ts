import { expect, it } from 'vitest';
import { listActions } from './status-actions.ts';

const now = '2026-12-01T10:00';

it.each([
  ['scheduled', '2026-12-01T09:00', ['confirm', 'arrive', 'miss', 'reschedule', 'cancel']],
  ['confirmed', '2026-12-02T09:00', ['arrive', 'miss', 'reschedule', 'cancel']],
  ['inProgress', '2026-12-01T09:45', ['finish']],
  ['canceled', '2026-12-01T15:00', ['takeBack', 'reschedule']],
  ['canceled', '2026-11-30T15:00', ['reschedule']],
  ['done', '2026-11-30T15:00', []],
] as const)('%s at %s can: %j', (status, localStart, actions) => {
  expect(listActions({ status, localStart }, now)).toEqual(actions);
});
