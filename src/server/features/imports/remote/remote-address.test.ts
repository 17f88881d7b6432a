import { describe, expect, it } from 'vitest';
import { readRemoteAddress } from './remote-address.ts';
import { RemoteProblem } from './remote-problem.ts';

describe('an address', () => {
  it.each([
    ['https://clinica.example', ['']],
    ['https://clinica.example/api/v1/', ['', '/api/v1']],
    ['https://clinica.example/sistema/', ['/sistema']],
    ['http://localhost:8000', ['']],
    ['http://[::1]:8000', ['']],
  ])('%s may be given', (text, roots) => {
    expect(readRemoteAddress(text, false).roots).toEqual(roots);
  });

  it.each(['ftp://clinica.example', 'clinica.example', 'https://clinica.example?x=1', 'http://clinica.example', ''])(
    '%s may not',
    (text) => {
      expect(() => readRemoteAddress(text, false)).toThrow(RemoteProblem);
    },
  );

  it('without encryption only where one says so, and never with a password', () => {
    expect(readRemoteAddress('http://clinica.example', true).origin).toBe('http://clinica.example');
    expect(() => readRemoteAddress('https://ana:segredo@clinica.example', true)).toThrow(/^(?!.*segredo)/);
  });
});
