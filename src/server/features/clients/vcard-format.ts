import type { Client } from '../../../shared/contracts/clients.ts';
import { formatName } from '../../../shared/person-name.ts';

/** The fields of a client that go into a phone's contacts. */
export type Contact = Pick<
  Client,
  'firstName' | 'lastName' | 'phone' | 'secondaryPhone' | 'email' | 'dateOfBirth' | 'address'
>;

/** The most bytes of a line (RFC 2426 section 2.6). */
const longestLine = 75;

/** Formats a contact as vCard 3.0 (RFC 2426), which every phone reads. */
export function writeVcard(contact: Contact): string {
  const { firstName, lastName, phone, secondaryPhone, email, dateOfBirth } = contact;
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${joinParts([lastName, firstName, null, null, null])}`,
    `FN:${escapeText(formatName(firstName, lastName))}`,
    ...(phone === null ? [] : [`TEL;TYPE=CELL,PREF:${escapeText(phone)}`]),
    ...(secondaryPhone === null ? [] : [`TEL;TYPE=VOICE:${escapeText(secondaryPhone)}`]),
    ...(email === null ? [] : [`EMAIL;TYPE=INTERNET:${escapeText(email)}`]),
    ...writeAddressLines(contact.address),
    ...(dateOfBirth === null ? [] : [`BDAY:${escapeText(dateOfBirth)}`]),
    'END:VCARD',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function writeAddressLines(address: Contact['address']): string[] {
  const { postalCode, street, number, complement, neighborhood, city, state } = address;
  if (Object.values(address).every((part) => part === null)) return [];
  const first = [street, number].filter((part) => part !== null).join(', ');
  // The format has no field for a neighbourhood: phones show it as the second line of the street.
  const lines = [first, neighborhood ?? ''].filter((line) => line !== '').join('\n');
  const code = postalCode?.replace(/^(\d{5})(\d{3})$/, '$1-$2') ?? null;
  return [`ADR;TYPE=HOME:${joinParts([null, complement, lines, city, state, code, 'Brasil'])}`];
}

const joinParts = (parts: readonly (string | null)[]): string => parts.map((part) => escapeText(part ?? '')).join(';');

/** Escapes line ends and delimiters, and removes other control characters. */
export const escapeText = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\n\r\u0085\u2028\u2029]/g, '\\n')
    .replace(/\p{Cc}/gu, '');

/** Folds a line so that none has more than 75 bytes, without splitting a character. */
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
