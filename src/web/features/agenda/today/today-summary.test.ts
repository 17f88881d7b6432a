import { expect, it } from 'vitest';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { sampleAppointment } from '../testing/sample-appointment.ts';
import { summarizeToday } from './today-summary.ts';

const at = (time: string, status: AppointmentSummary['status'], pending = false) =>
  sampleAppointment({ id: `${time} ${status}`, localStart: `2026-12-01T${time}`, status, pending });

it('tells who is next, who has arrived, and what is pending or unconfirmed', () => {
  const day = [
    at('08:00', 'scheduled', true),
    at('09:00', 'done'),
    at('09:30', 'inProgress'),
    at('10:00', 'arrived'),
    at('10:30', 'confirmed'),
    at('10:30', 'scheduled'),
    at('11:00', 'canceled'),
    at('11:30', 'scheduled'),
  ];
  const summary = summarizeToday(day, '2026-12-01T10:05');
  const ids = Object.fromEntries(
    Object.entries(summary).map(([part, items]) => [part, (items as AppointmentSummary[]).map(({ id }) => id)]),
  );
  expect(ids).toEqual({
    next: ['10:30 confirmed', '10:30 scheduled'],
    arrived: ['10:00 arrived'],
    inProgress: ['09:30 inProgress'],
    pending: ['08:00 scheduled'],
    unconfirmed: ['10:30 scheduled', '11:30 scheduled'],
  });
});
