import { expect, it } from 'vitest';
import { toInitials } from './initials.ts';

it('calls clients by their initials', () => {
  expect(toInitials('Maria Souza')).toBe('M. S.');
  expect(toInitials('Ágata de Oliveira e Silva')).toBe('Á. S.');
  expect(toInitials('ana maria dos santos')).toBe('A. S.');
  expect(toInitials('João')).toBe('J.');
  expect(toInitials('123')).toBe('–');
});
