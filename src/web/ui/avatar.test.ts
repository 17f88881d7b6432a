import { describe, expect, it } from 'vitest';
import { initialsOf } from './avatar.tsx';

describe('initialsOf', () => {
  it.each([
    ['Maria da Silva', 'MS'],
    ['ágata', 'Á'],
    ['  João   Pedro  ', 'JP'],
    ['👩‍⚕️ Ana', '👩‍⚕️A'],
    ['', ''],
  ])('%s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
