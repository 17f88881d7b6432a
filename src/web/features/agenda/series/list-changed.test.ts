import { expect, it } from 'vitest';
import { sampleAppointment } from '../testing/sample-appointment.ts';
import { listChanged } from './list-changed.ts';

it('only what differs goes to the other appointments of a series', () => {
  const appointment = sampleAppointment({ roomId: 'one room' });
  const same = { localStart: '2026-12-01T09:00', durationMinutes: 45, visitType: 'consulta', roomId: 'one room' };
  expect(listChanged(appointment, same)).toEqual({});
  expect(listChanged(appointment, { ...same, localStart: '2026-12-02T10:00', roomId: null })).toEqual({
    localStart: '2026-12-02T10:00',
    roomId: null,
  });
  expect(listChanged(appointment, { ...same, durationMinutes: 60 })).toEqual({ durationMinutes: 60 });
});
