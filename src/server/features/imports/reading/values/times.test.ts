import { describe, expect, it } from 'vitest';
import { readStatus } from './statuses.ts';
import { readMinutes, readSpan, readTime, splitMoment } from './times.ts';

describe('times', () => {
  it('are read as people and programs write them', () => {
    const spellings = {
      '14:30': [
        '14:30',
        '14h30',
        '14h30min',
        '14:30:00',
        '14.30',
        '2:30 PM',
        '2:30pm',
        '1430',
        '0,604166667',
        'às 14:30',
      ],
      '09:00': ['9', '9h', '09:00', '9 hs', '9 horas', '9 am', '0900', '0.375'],
      '00:15': ['00:15', '12:15 AM', '0h15'],
    };
    for (const [time, written] of Object.entries(spellings))
      expect(written.map((text) => [text, readTime(text)])).toEqual(written.map((text) => [text, time]));
  });

  it('are nothing else', () => {
    for (const text of ['', 'manhã', '25:00', '14:75', '13:00 pm', 'sala 2', '12/05', '14:30:00:00', '1'.repeat(500)])
      expect(readTime(text), text).toBeUndefined();
  });

  it('may be spans', () => {
    const span = { start: '14:30', end: '15:20' };
    for (const text of ['14:30 - 15:20', '14h30 às 15h20', 'das 14:30 às 15:20', '14:30–15:20', '14:30 até 15:20'])
      expect(readSpan(text), text).toEqual(span);
    expect(readSpan('14:30')).toEqual({ start: '14:30', end: undefined });
    expect(readSpan('14:30 - tarde')).toBeUndefined();
  });

  it('stand beside a day in one cell', () => {
    const at = (day: string, start: string, offset?: string) => ({ day, span: { start, end: undefined }, offset });
    expect(splitMoment('10/12/2026 14:30')).toEqual(at('10/12/2026', '14:30'));
    expect(splitMoment('10/12/2026, 14h')).toEqual(at('10/12/2026', '14:00'));
    expect(splitMoment('10/12/2026 às 14h30')).toEqual(at('10/12/2026', '14:30'));
    expect(splitMoment('10 de dezembro de 2026 - 14:30')).toEqual(at('10 de dezembro de 2026', '14:30'));
    expect(splitMoment('2026-12-10T14:30:00')).toEqual(at('2026-12-10', '14:30'));
    expect(splitMoment('2026-12-10T14:30:00.000Z')).toEqual(at('2026-12-10', '14:30', 'Z'));
    expect(splitMoment('2026-12-10 14:30:00-0300')).toEqual(at('2026-12-10', '14:30', '-03:00'));
    expect(splitMoment('46366,604166667')).toEqual(at('46366', '14:30'));
    expect(splitMoment('12/10/2026 2:30 PM')).toEqual(at('12/10/2026 12:00 PM', '14:30'));
    expect(splitMoment('10/12/2026 14:30 - 15:20').span).toEqual({ start: '14:30', end: '15:20' });
  });

  it('are missing beside a day alone, also where a program wrote midnight', () => {
    for (const text of ['10/12/2026', '10-12-2026', '2026-12-10', '10/12/2026 00:00:00', '2026-12-10T00:00:00Z'])
      expect(splitMoment(text).span, text).toBeUndefined();
  });

  it('may be lengths', () => {
    const lengths = {
      50: ['50', '50 min', '50,0', '00:50', '0h50', '50 minutos'],
      90: ['90', '1h30', '01:30', '1:30:00'],
    };
    for (const [minutes, written] of Object.entries(lengths))
      expect(written.map(readMinutes), written.join()).toEqual(written.map(() => Number(minutes)));
    expect(readMinutes('longa')).toBeUndefined();
  });
});

it('states are known by the words of other programs', () => {
  expect(
    ['Atendido', 'FALTOU', 'Não compareceu', 'cancelado', 'Reagendada', 'A confirmar', 'Confirmed'].map(readStatus),
  ).toEqual([...(['done', 'noShow', 'noShow', 'canceled', 'canceled', 'scheduled', 'confirmed'] as const)]);
  expect(readStatus('talvez')).toBeUndefined();
});
