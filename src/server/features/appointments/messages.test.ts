import { expect, it } from 'vitest';
import { writeShiftMessage } from './messages.ts';
import type { AppointmentRow } from './queries.ts';

it('a message about a shifted day has the year if it is not the current one', () => {
  const row = { id: '1', client_first_name: 'Bia', client_phone: null, local_start: '2026-12-01T09:20' };
  const write = (today: string) =>
    writeShiftMessage({ name: 'Sol', today }, row as AppointmentRow, '2026-12-01T09:00').text;
  expect(write('2026-12-01')).toContain('Seu horário de 01/12 na Sol passou de 09:00 para 09:20.');
  expect(write('2025-12-31')).toContain('Seu horário de 01/12/2026 na Sol passou de 09:00 para 09:20.');
});
