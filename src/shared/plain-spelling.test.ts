import { describe, expect, it } from 'vitest';
import { clientInput } from './contracts/clients.ts';
import { multilineText, singleLineText } from './text.ts';

const seen = {
  firstName: 'Ana',
  document: '31000000052',
  phone: '+5511987651000',
  email: 'ana@exemplo.com.br',
  dateOfBirth: '1984-03-07',
  address: { postalCode: '01310100', state: 'SP' },
};

describe('what is sent over HTTP or typed in the form', () => {
  it.each(['\u200e', '\u202a', '\u2068', '\u00a0', '\u200b', '\u200d', '\ufeff', '\ufe0e', '\u00ad', ' '])(
    'is what one sees, whatever stands around it: %j',
    (sign) => {
      const around = (text: string): string => sign + text + sign;
      const sent = {
        firstName: 'Ana',
        document: around('310.000.000-52'),
        phone: around('(11) 98765-1000'),
        email: around('ana@exemplo.com.br'),
        dateOfBirth: around('1984-03-07'),
        address: { postalCode: around('01310-100'), state: around('SP') },
      };
      expect(clientInput.parse(sent)).toEqual(seen);
    },
  );

  it.each(Array.from('‐‑‒–—−－'))('has one kind of dash: %s', (dash) => {
    const sent = {
      firstName: 'Ana',
      document: `310.000.000${dash}52`,
      phone: `(11) 98765${dash}1000`,
      email: 'ana@exemplo.com.br',
      dateOfBirth: `1984${dash}03${dash}07`,
      address: { postalCode: `01310${dash}100`, state: 'SP' },
    };
    expect(clientInput.parse(sent)).toEqual(seen);
  });

  it('keeps names and free text exactly', () => {
    const sent = { firstName: '👩‍👩‍👧 क्‍षि', lastName: 'Silva–Souza ', notes: 'a\u00a0b' };
    expect(clientInput.parse(sent)).toEqual(sent);
  });

  it('holds no sign for a letter that was lost', () => {
    for (const schema of [singleLineText(20), multilineText(20)])
      expect(schema.safeParse('Jana\ufffdna').error?.issues.map(({ message }) => message)).toEqual(['damaged_text']);
    for (const extra of [{ 'Observa\ufffdo': 'x' }, { Obs: '\ufffd' }])
      expect(clientInput.safeParse({ firstName: 'Ana', extra }).success).toBe(false);
  });
});
