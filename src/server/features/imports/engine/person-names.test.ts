import { describe, expect, it } from 'vitest';
import { canBeOnePerson, type PersonName } from './person-names.ts';

const person = (text: string): PersonName => {
  const [firstName = '', ...rest] = text.split(' ');
  return { firstName, lastName: rest.join(' ') || undefined };
};

describe('canBeOnePerson', () => {
  it.each([
    ['João da Silva', 'JOAO SILVA'],
    ['Ana', 'Ana Paula Souza'],
    ['Ana P. Souza', 'Ana Paula Souza'],
    ['Maria Clara dos Santos', 'Clara Santos'],
    ['Luiz Gonçalves', 'Luis Goncalves'],
    ['Conceição D’Ávila', 'Conceicao Davila'],
    ['', 'Ana Souza'],
    ['Beatriz Souza Lima', 'Beatriz Lima'],
  ])('%s and %s can', (a, b) => {
    expect(canBeOnePerson(person(a), person(b))).toBe(true);
    expect(canBeOnePerson(person(b), person(a))).toBe(true);
  });

  it.each([
    ['Maria Souza', 'Ana Souza'],
    ['João Silva', 'João Silva Filho'],
    ['José Pereira', 'José Magalhães'],
    ['Ana', 'Bruno'],
    ['Ana Souza', 'Souza Bruno'],
    ['Lia Costa', 'Léo Costa'],
  ])('%s and %s cannot', (a, b) => {
    expect(canBeOnePerson(person(a), person(b))).toBe(false);
    expect(canBeOnePerson(person(b), person(a))).toBe(false);
  });

  it('knows a person by the social name too', () => {
    const known = { firstName: 'Antônio', lastName: 'Lopes', socialName: 'Antônia' };
    expect(canBeOnePerson(known, person('Antônia Lopes'))).toBe(true);
    expect(canBeOnePerson({ ...known, socialName: 'Vera' }, person('Vera Lopes'))).toBe(true);
  });
});
