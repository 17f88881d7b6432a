import { describe, expect, it } from 'vitest';
import { callLink, findMapLink, mailLink, whatsappLink } from './client-links.ts';

const nowhere = {
  postalCode: null,
  street: null,
  number: null,
  complement: null,
  neighborhood: null,
  city: null,
  state: null,
};

describe('quick actions', () => {
  it('give WhatsApp digits only', () => {
    expect(whatsappLink('+5511987654321')).toBe('https://wa.me/5511987654321');
    expect(callLink('+5511987654321')).toBe('tel:+5511987654321');
  });

  it('keep an e-mail from adding headers of its own', () => {
    expect(mailLink('maria@exemplo.com.br')).toBe('mailto:maria@exemplo.com.br');
    expect(mailLink('a?bcc=x@y.z')).toBe('mailto:a%3Fbcc%3Dx@y.z');
  });

  it('find a place by city or CEP, and by nothing less', () => {
    expect(findMapLink(nowhere)).toBeUndefined();
    expect(findMapLink({ ...nowhere, street: 'Rua A', state: 'SP' })).toBeUndefined();
    const link = findMapLink({ ...nowhere, street: 'Rua A', number: '10', city: 'Santos', state: 'SP' });
    expect(new URL(link ?? '').searchParams.get('query')).toBe('Rua A, 10 - Santos, SP');
  });
});
