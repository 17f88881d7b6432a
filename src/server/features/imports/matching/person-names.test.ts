import { describe, expect, it } from 'vitest';
import { type PersonName, relateNames } from './person-names.ts';

const person = (text: string): PersonName => {
  const [firstName = '', ...rest] = text.split(' ');
  return { firstName, lastName: rest.join(' ') || undefined };
};

describe('the names of two records', () => {
  it.each([
    ['João da Silva', 'JOAO SILVA'],
    ['Ana', 'Ana Souza'],
    ['Ana P. Souza', 'Ana Paula Souza'],
    ['Luiz Gonçalves', 'Luis Goncalves'],
    ['Thiago Sousa', 'Tiago Souza'],
    ['Conceição D’Ávila', 'Conceicao Davila'],
    ['Beatriz Souza Lima', 'Beatriz Lima'],
  ])('%s and %s are one', (a, b) => {
    expect(relateNames(person(a), person(b))).toBe('same');
    expect(relateNames(person(b), person(a))).toBe('same');
  });

  it.each([
    ['Ana Beatriz Melo', 'Ana Melo'],
    ['Ana', 'Ana Paula Souza'],
    ['Maria Clara dos Santos', 'Clara Santos'],
    ['João Silva', 'João Silva Filho'],
    ['João Batista Lima', 'João Lima'],
    ['A. Souza', 'Ana Souza'],
  ])('%s may be short for %s, or somebody else’s', (a, b) => {
    expect(relateNames(person(a), person(b))).toBe('shorter');
    expect(relateNames(person(b), person(a))).toBe('shorter');
  });

  it('may differ by surnames only', () => {
    expect(relateNames(person('Ana Souza'), person('Ana Pereira Lima'))).toBe('surname');
    expect(relateNames(person('José Pereira'), person('José Magalhães'))).toBe('surname');
  });

  it.each([
    ['Maria Souza', 'Ana Souza'],
    ['Ana', 'Bruno'],
    ['Ana Souza', 'Souza Bruno'],
    ['Lia Costa', 'Léo Costa'],
    ['Maria Clara Souza', 'Maria Eduarda Souza'],
    ['Maria Clara', 'Maria Eduarda'],
    ['João Pedro Lima', 'João Lucas Lima'],
    ['Ana Carla Pinto', 'Ana Clara Pinto'],
    ['Luís Gomes', 'Luísa Gomes'],
    ['Daniel Rocha', 'Daniela Rocha'],
    ['Marta Vieira', 'Maria Vieira'],
    ['Marcos Vieira', 'Mateus Vieira'],
  ])('%s and %s are two people’s', (a, b) => {
    expect(relateNames(person(a), person(b))).toBe('other');
    expect(relateNames(person(b), person(a))).toBe('other');
  });

  it('are compared with the social name too', () => {
    const known = { firstName: 'Antônio', lastName: 'Lopes', socialName: 'Antônia' };
    expect(relateNames(known, person('Antônia Lopes'))).toBe('same');
    expect(relateNames({ ...known, socialName: 'Vera' }, person('Vera Lopes'))).toBe('same');
  });

  it('are not compared where there is none', () => {
    expect(relateNames({}, person('Ana Souza'))).toBeUndefined();
  });
});
