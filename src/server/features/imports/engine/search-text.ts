import type { TextField } from '../reading/rows.ts';

type Values = Readonly<Partial<Record<TextField, string>>>;

/** What search and filters use, as app.client_search_text and app.facets write it. */
export interface Description {
  readonly searchText: string;
  readonly facets: readonly string[];
}

const accented = 'áàâãäåéèêëíìîïóòôõöúùûüçñýÿ’‘“”ªº';
const plain = 'aaaaaaeeeeiiiiooooouuuucnyy\'\'""ao';
const letters = new Map(Array.from(accented, (letter, at) => [letter, plain.charAt(at)]));
for (const [letter, base] of [...letters])
  if (letter.toUpperCase() !== letter && letter !== 'ÿ') letters.set(letter.toUpperCase(), base);

const known = /^[ -~áàâãäåéèêëíìîïóòôõöúùûüçñýÿ’‘“”ªºÁÀÂÃÄÅÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑÝ]*$/;

/** app.fold for the letters of Brazilian names; undefined for text with any other letter. */
function foldLatin(text: string): string | undefined {
  if (!known.test(text)) return undefined;
  return text
    .replace(/[^ -~]/g, (letter) => letters.get(letter) ?? letter)
    .toLowerCase()
    .replace(/[-'`]/g, (sign) => (sign === '-' ? ' ' : ''));
}

const national = (phone: string | undefined): string => phone?.replace(/^\+(?:55)?/, '') ?? '';
const word = (text: string | undefined): string => (text === undefined ? '' : `${text} `);

/** The description of a client; undefined if the database has to write it because of rarer letters. */
export function describeClient(values: Values, tags: readonly string[]): Description | undefined {
  const { firstName = '', socialName, lastName, email = '', document = '' } = values;
  const names = foldLatin(`${firstName} ${word(socialName)}${word(lastName)}${email}`);
  const city = values['address.city'];
  const foldedCity = city === undefined ? undefined : foldLatin(city);
  if (names === undefined || (city !== undefined && foldedCity === undefined)) return undefined;
  const ids = `${document.toLowerCase()} ${national(values.phone)} ${national(values.secondaryPhone)}`;
  const state = values['address.state'];
  const facets = tags.map((tag) => `tag:${tag}`);
  if (foldedCity !== undefined) facets.push(`city:${foldedCity}`);
  if (state !== undefined) facets.push(`state:${state}`);
  if (values.dateOfBirth !== undefined) facets.push(`month:${String(Number(values.dateOfBirth.slice(5, 7)))}`);
  return { searchText: ` ${ids} ${names}`.slice(0, 400), facets };
}
