import type { Client } from '../../../shared/contracts/clients.ts';

/** What a phone's contacts take of a client. */
export type Contact = Pick<
  Client,
  'firstName' | 'lastName' | 'phone' | 'secondaryPhone' | 'email' | 'dateOfBirth' | 'address'
>;

/** Bytes of a line (RFC 2426 section 2.6). */
const longestLine = 75;

/** A contact as a vCard 3.0 (RFC 2426), which every phone reads. */
export function writeVcard(contact: Contact): string {
  const { firstName, lastName, phone, secondaryPhone, email, dateOfBirth } = contact;
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${structured([lastName, firstName, null, null, null])}`,
    `FN:${escapeText([firstName, lastName].filter((part) => part !== null).join(' '))}`,
    ...(phone === null ? [] : [`TEL;TYPE=CELL,PREF:${escapeText(phone)}`]),
    ...(secondaryPhone === null ? [] : [`TEL;TYPE=VOICE:${escapeText(secondaryPhone)}`]),
    ...(email === null ? [] : [`EMAIL;TYPE=INTERNET:${escapeText(email)}`]),
    ...addressLines(contact.address),
    ...(dateOfBirth === null ? [] : [`BDAY:${escapeText(dateOfBirth)}`]),
    'END:VCARD',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function addressLines(address: Contact['address']): string[] {
  const { postalCode, street, number, complement, neighborhood, city, state } = address;
  if (Object.values(address).every((part) => part === null)) return [];
  const first = [street, number].filter((part) => part !== null).join(', ');
  // The format has no place for a neighbourhood: phones show it as the second line of the street.
  const lines = [first, neighborhood ?? ''].filter((line) => line !== '').join('\n');
  const code = postalCode?.replace(/^(\d{5})(\d{3})$/, '$1-$2') ?? null;
  return [`ADR;TYPE=HOME:${structured([null, complement, lines, city, state, code, 'Brasil'])}`];
}

const structured = (parts: readonly (string | null)[]): string => parts.map((part) => escapeText(part ?? '')).join(';');

/** A text in which nothing can end its line or its part; other control characters are left out. */
export const escapeText = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\n\r\u0085\u2028\u2029]/g, '\\n')
    .replace(/\p{Cc}/gu, '');

/** Breaks a line so that none has more than 75 bytes, and no character is divided. */
export function fold(line: string): string {
  let folded = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > longestLine) {
      folded += '\r\n ';
      bytes = 1;
    }
    folded += character;
    bytes += size;
  }
  return folded;
}
