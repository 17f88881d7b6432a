import { describe, expect, it } from 'vitest';
import { fillFromSearch } from './new-client-start.ts';

describe('fillFromSearch', () => {
  it.each([
    ['Maria', { firstName: 'Maria', lastName: '' }],
    ['  Maria da  Silva ', { firstName: 'Maria', lastName: 'da Silva' }],
    ['maria da silva', { firstName: 'Maria', lastName: 'da Silva' }],
    ['11 98765-4321', { firstName: '', phone: '11 98765-4321' }],
    ['maria@exemplo.com.br', { firstName: '', email: 'maria@exemplo.com.br' }],
    ['', { firstName: '', lastName: '' }],
  ])('“%s”', (searched, expected) => {
    expect(fillFromSearch(searched)).toMatchObject(expected);
  });
});
