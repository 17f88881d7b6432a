import { expect, it } from 'vitest';
import { firstDayShown, readAgendaAddress } from './agenda-address.ts';

it.each([
  [
    { dia: '2026-12-01', ver: 'semana' },
    { dia: '2026-12-01', ver: 'semana' },
  ],
  [{ dia: '2026-02-30' }, {}],
  [{ dia: '2026.01.01', ver: 'ano', profissional: 7, atendimento: 'x' }, {}],
  [
    { profissional: '0198c2ad-0000-7000-8000-000000000001', atendimento: '0198c2ad-0000-7000-8000-000000000002' },
    { profissional: '0198c2ad-0000-7000-8000-000000000001', atendimento: '0198c2ad-0000-7000-8000-000000000002' },
  ],
])('%j is read as %j', (search, address) => {
  expect(readAgendaAddress(search)).toEqual(address);
});

it('knows the first day of each view', () => {
  const day = '2026-12-09';
  expect([firstDayShown(day, 'dia'), firstDayShown(day, 'lista')]).toEqual([day, day]);
  expect([firstDayShown(day, 'semana'), firstDayShown(day, 'mes')]).toEqual(['2026-12-07', '2026-12-01']);
});
