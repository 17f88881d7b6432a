import type { TextField } from '../../../../shared/client-fields.ts';

type Values = Readonly<Partial<Record<TextField, string>>>;

/** The columns for search and filters, equal to app.client_search_text and app.facets. */
export interface Description {
  readonly searchText: string;
  readonly facets: readonly string[];
}

const accented = 'áàâãäåéèêëíìîïóòôõöúùûüçñýÿªº“”';
const plain = 'aaaaaaeeeeiiiiooooouuuucnyyao""';
const dropped = 1;

/** Maps each character code to its folded code; 0 for characters that only the database can fold. */
const folds = new Uint8Array(0x2020);
for (let code = 32; code < 127; code++) folds[code] = code;
for (const [at, letter] of Array.from(accented).entries()) {
  const base = plain.charCodeAt(at);
  folds[letter.charCodeAt(0)] = base;
  // Upper case Ÿ is not in Latin-1.
  if (letter !== 'ÿ') folds[letter.toUpperCase().charCodeAt(0)] = base;
}
for (const sign of "'`’‘") folds[sign.charCodeAt(0)] = dropped;
folds['-'.charCodeAt(0)] = ' '.charCodeAt(0);

/** Like app.fold, for the letters of Brazilian names. @returns undefined for text with any other character */
function foldLatin(text: string): string | undefined {
  let folded = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const fold = folds[code];
    if (fold === code) continue;
    if (fold === undefined || fold === 0) return undefined;
    folded += text.slice(from, at);
    if (fold !== dropped) folded += String.fromCharCode(fold);
    from = at + 1;
  }
  return (from === 0 ? text : folded + text.slice(from)).toLowerCase();
}

const national = (phone: string | undefined): string => phone?.replace(/^\+(?:55)?/, '') ?? '';
const word = (text: string | undefined): string => (text === undefined ? '' : `${text} `);

/** Computes a client's columns for search. @returns undefined if the database has to, because of rarer characters */
export function describeClient(values: Values, tags: readonly string[]): Description | undefined {
  const { firstName = '', socialName, lastName, email = '', document = '' } = values;
  const { 'guardian.name': guardian, 'guardian.phone': theirs } = values;
  const named = guardian === undefined ? email : `${email} ${guardian}`;
  const names = foldLatin(`${firstName} ${word(socialName)}${word(lastName)}${named}`);
  const city = values['address.city'];
  const foldedCity = city === undefined ? undefined : foldLatin(city);
  if (names === undefined || (city !== undefined && foldedCity === undefined)) return undefined;
  const ids = `${document.toLowerCase()} ${national(values.phone)} ${national(values.secondaryPhone)}${theirs === undefined ? '' : ` ${national(theirs)}`}`;
  const state = values['address.state'];
  const facets = tags.map((tag) => `tag:${tag}`);
  if (foldedCity !== undefined) facets.push(`city:${foldedCity}`);
  if (state !== undefined) facets.push(`state:${state}`);
  if (values.dateOfBirth !== undefined) facets.push(`month:${String(Number(values.dateOfBirth.slice(5, 7)))}`);
  return { searchText: ` ${ids} ${names}`.slice(0, 400), facets };
}
