import { expect, it } from 'vitest';
import { findStateBefore, listActions } from './status-actions.ts';

const now = '2026-12-01T10:00';

it.each([
  ['scheduled', '2026-12-01T09:00', ['confirm', 'arrive', 'miss', 'reschedule', 'cancel']],
  ['confirmed', '2026-12-02T09:00', ['arrive', 'miss', 'reschedule', 'cancel', 'takeBack']],
  ['arrived', '2026-12-01T09:45', ['start', 'finish', 'reschedule', 'cancel', 'takeBack']],
  ['arrived', '2026-11-30T09:45', ['start', 'finish', 'reschedule', 'cancel']],
  ['inProgress', '2026-12-01T09:45', ['finish', 'takeBack']],
  ['canceled', '2026-12-01T15:00', ['takeBack', 'reschedule']],
  ['canceled', '2026-11-30T15:00', ['reschedule']],
  ['done', '2026-11-30T15:00', []],
] as const)('%s at %s can: %j', (status, localStart, actions) => {
  expect(listActions({ status, localStart }, now)).toEqual(actions);
});

it.each([
  ['arrived', ['scheduled', 'arrived'], 'scheduled'],
  ['arrived', ['scheduled', 'confirmed', 'arrived'], 'confirmed'],
  ['confirmed', ['scheduled', 'confirmed', 'arrived', 'confirmed'], 'scheduled'],
  ['inProgress', ['done', 'inProgress'], 'scheduled'],
  ['done', ['scheduled', 'arrived', 'done'], 'scheduled'],
  ['arrived', [], 'scheduled'],
] as const)('%s after %j is taken back to %s', (status, steps, before) => {
  const history = steps.map((to, index) => ({
    version: index + 1,
    at: '2026-12-01T12:00:00Z',
    by: null,
    action: 'transition' as const,
    changes: [{ field: 'status', from: steps[index - 1] ?? null, to }],
  }));
  expect(findStateBefore({ status, history })).toBe(before);
});
