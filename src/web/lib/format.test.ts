import { i18n } from '@lingui/core';
import { afterEach, describe, expect, it } from 'vitest';
import { formatDocument, formatPostalCode } from '../../shared/format.ts';
import { civilName, formatDay, formatMoment, formatPhone, formatPlainDate, fullName, today } from './format.ts';

const speak = (locale: 'pt-BR' | 'en'): void => {
  i18n.loadAndActivate({ locale, messages: {} });
};
const now = new Date('2026-11-24T12:00:00Z');

afterEach(() => {
  speak('pt-BR');
});

describe('formatDay', () => {
  it('reads as people write it', () => {
    speak('pt-BR');
    expect(formatDay('2026-11-23T15:00:00Z', 'America/Sao_Paulo', now)).toBe('seg., 23 nov.');
  });
  it('is the day in the clinic, not in Greenwich', () => {
    expect(formatDay('2026-11-24T02:59:00Z', 'America/Sao_Paulo', now)).toBe('seg., 23 nov.');
  });
  it('says the year when it is another one', () => {
    expect(formatDay('2024-02-29T15:00:00Z', 'America/Sao_Paulo', now)).toBe('qui., 29 fev. 2024');
  });
  it('speaks English', () => {
    speak('en');
    expect(formatDay('2026-11-23T15:00:00Z', 'America/Sao_Paulo', now)).toBe('Mon, 23 Nov');
  });
});

describe('values', () => {
  it('tells moments by the clock of the clinic', () => {
    expect(formatMoment('2024-06-01T17:05:00Z', 'America/Sao_Paulo')).toBe('sáb., 1 jun. 2024, 14:05');
    expect(formatMoment('2024-06-01T04:05:00Z', 'America/Rio_Branco')).toBe('sex., 31 mai. 2024, 23:05');
  });
  it('shows a plain date on its own day', () => {
    expect(formatPlainDate('1990-01-01')).toBe('01/01/1990');
  });
  it.each([
    ['+5511987654321', '(11) 98765-4321'],
    ['+551133334444', '(11) 3333-4444'],
    ['+351912345678', '+351912345678'],
  ])('phone %s', (stored, shown) => {
    expect(formatPhone(stored)).toBe(shown);
  });
  it('shows documents and postal codes with their marks', () => {
    expect(formatDocument('52998224725')).toBe('529.982.247-25');
    expect(formatDocument('12ABC34501DE35')).toBe('12.ABC.345/01DE-35');
    expect(formatPostalCode('01310100')).toBe('01310-100');
  });
  it('knows the day in the clinic', () => {
    expect(today('America/Sao_Paulo', new Date('2026-11-24T02:00:00Z'))).toBe('2026-11-23');
  });
  it('joins names', () => {
    expect(fullName({ firstName: 'Ana', lastName: null })).toBe('Ana');
    expect(fullName({ firstName: 'Ana', lastName: 'Souza' })).toBe('Ana Souza');
  });
  it('calls people by their nome social, and keeps the civil name for documents', () => {
    const roberta = { firstName: 'Roberto', lastName: 'Sant’Anna', socialName: 'Roberta' };
    expect(fullName(roberta)).toBe('Roberta Sant’Anna');
    expect(civilName(roberta)).toBe('Roberto Sant’Anna');
    expect(fullName({ ...roberta, lastName: null })).toBe('Roberta');
    expect(fullName({ ...roberta, socialName: '' })).toBe('Roberto Sant’Anna');
  });
});
