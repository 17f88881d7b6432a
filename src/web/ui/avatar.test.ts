import { describe, expect, it } from 'vitest';
import { getInitials } from './avatar.tsx';

describe('getInitials', () => {
  it.each([
    ['Maria da Silva', 'MS'],
    ['ágata', 'Á'],
    ['  João   Pedro  ', 'JP'],
    ['👩‍⚕️ Ana', '👩‍⚕️A'],
    ['', ''],
  ])('%s', (name, initials) => {
    expect(getInitials(name)).toBe(initials);
  });
});
