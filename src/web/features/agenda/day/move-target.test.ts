import { describe, expect, it } from 'vitest';
import { sampleAppointment } from '../testing/sample-appointment.ts';
import { moveByKey, moveTo, resizeTo, snap, type MoveTarget } from './move-target.ts';

const target: MoveTarget = { appointment: sampleAppointment(), column: 1, start: 540, end: 585 };
const press = (key: string, isShift = false, from = target) => {
  const moved = moveByKey(from, key, { isShift, columns: 3, slot: 30 });
  return moved && [moved.column, moved.start, moved.end];
};

describe('moving an appointment', () => {
  it.each([
    ['ArrowDown', [1, 570, 615]],
    ['ArrowUp', [1, 510, 555]],
    ['ArrowRight', [2, 540, 585]],
    ['ArrowLeft', [0, 540, 585]],
    ['Tab', undefined],
  ])('%s moves it to %j', (key, place) => {
    expect(press(key)).toEqual(place);
  });

  it('a time between two lines goes to the next line', () => {
    const odd = { ...target, start: 547, end: 592 };
    expect(press('ArrowDown', false, odd)).toEqual([1, 570, 615]);
    expect(press('ArrowUp', false, odd)).toEqual([1, 540, 585]);
  });

  it('Shift moves the end alone, and never before the start', () => {
    expect(press('ArrowDown', true)).toEqual([1, 540, 600]);
    expect(press('ArrowUp', true)).toEqual([1, 540, 570]);
    expect(press('ArrowUp', true, { ...target, end: 570 })).toEqual([1, 540, 570]);
  });

  it('stays within the day and its columns', () => {
    expect(moveTo(target, 1, -20)).toMatchObject({ start: 0, end: 45 });
    expect(moveTo(target, 1, 1430)).toMatchObject({ start: 1395, end: 1440 });
    expect(resizeTo(target, 2000)).toMatchObject({ start: 540, end: 1440 });
    expect(press('ArrowLeft', false, { ...target, column: 0 })).toEqual([0, 540, 585]);
  });

  it('snaps to the nearest line', () => {
    expect([snap(551, 15), snap(553, 15)]).toEqual([555, 555]);
  });
});
