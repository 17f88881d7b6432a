import {
  type AppointmentColumn,
  appointmentColumns,
  type NextAppointmentColumn,
  nextAppointmentColumns,
} from '../../../../../shared/appointment-columns.ts';
import { type ColumnMeaning, columnMeanings, isShareable } from '../../../../../shared/contracts/import-columns.ts';
import { firmRankOf, foldHeader, isMobile, keyOf, meaningOf } from '../headers/header-names.ts';
import { isPhoneField } from '../values/phones.ts';
import { FileProblem, type TableRecord } from '../records/records.ts';
import { guessOfAppointments, withoutStray } from './appointment-guesses.ts';
import { giveFirmName } from './firm-names.ts';
import { kindsOf } from './value-kinds.ts';

/** A column of the file and its meaning. */
export interface Column {
  /** From 0. */
  readonly index: number;
  /** As in the file. A second one with the same name gets ` (2)`, one without a name `Coluna A`. */
  readonly header: string;
  readonly meaning: ColumnMeaning;
}

type OfAppointment = AppointmentColumn | NextAppointmentColumn;

/** A column that says something about a client. */
export type ClientColumn = Column & { readonly meaning: Exclude<ColumnMeaning, OfAppointment> };

const ofAppointments: ReadonlySet<string> = new Set<OfAppointment>([...appointmentColumns, ...nextAppointmentColumns]);
export const isOfClient = (column: Column): column is ClientColumn => !ofAppointments.has(column.meaning);

/** What a person chose: header → meaning. */
export type Mapping = Readonly<Record<string, string>>;

const isMeaning = (text: string): text is ColumnMeaning => (columnMeanings as readonly string[]).includes(text);

/** The meaning of a second column of the same kind. */
const second: Partial<Record<ColumnMeaning, ColumnMeaning>> = { phone: 'secondaryPhone' };

/**
 * Finds the meaning of each column, by its header or by what a person chose. Unknown columns are kept as `extra`.
 * Throws FileProblem: duplicate_header, duplicate_mapping, invalid_mapping, no_known_column.
 */
export function mapColumns(headers: readonly string[], mapping: Mapping | undefined, line: number): Column[] {
  const names = namesOf(headers);
  const repeated = names.findIndex(
    ({ name, header }) => name !== header && mapping?.[name] === undefined && meaningOf(header) !== 'areaCode',
  );
  if (repeated >= 0)
    throw new FileProblem('duplicate_header', {
      line,
      column: repeated + 1,
      details: { header: names[repeated]?.header },
    });
  const columns = giveMeanings(names, readMapping(names, mapping, line));
  if (!columns.some(({ meaning }) => isIdentity(meaning))) throw new FileProblem('no_known_column', { line });
  return columns;
}

/** Guesses the meanings from headers or values, to show to the person who has to map the rest. Throws nothing. */
export function guessColumns(headers: readonly string[], firstClient: TableRecord | undefined): Column[] {
  const columns = giveMeanings(namesOf(headers), new Map());
  if (firstClient === undefined) return columns;
  const kinds = kindsOf(firstClient.cells);
  const taken = new Set<ColumnMeaning>();
  return columns.map((column) => ({ ...column, meaning: claim(kinds[column.index] ?? 'extra', taken) }));
}

/** Whether a file is Acolhe's own export, which names columns like the contract's fields. */
export const isOwnExport = (columns: readonly Column[]): boolean =>
  ['firstName', 'address.postalCode', 'healthInsurance.number'].every((name) =>
    columns.some(({ header, meaning }) => header === name && meaning === name),
  );

function giveMeanings(names: readonly Name[], chosen: ReadonlyMap<number, ColumnMeaning>): Column[] {
  const taken = new Set<ColumnMeaning>(chosen.values());
  const guesses = guessOfAppointments(names, guessMeanings(names, chosen), chosen);
  const columns = names.map(({ name: header }, index): Column => {
    const meaning = chosen.get(index) ?? claim(guesses[index] ?? 'extra', taken);
    return { index, header, meaning };
  });
  const isDialled = columns.some(({ meaning }) => isPhoneField(meaning));
  const named = giveFirmName(giveFullName(columns), chosen);
  const isWhole = named.some(({ meaning }) => meaning === 'fullName');
  // An area code without a phone column, or a middle name beside a full name, has no use: keep it as extra.
  const isIdle = ({ meaning, index }: Column): boolean =>
    !chosen.has(index) && ((meaning === 'areaCode' && !isDialled) || (meaning === 'middleName' && isWhole));
  return withoutStray(named.map((column) => (isIdle(column) ? { ...column, meaning: 'extra' } : column)));
}

/**
 * Guesses by name. If there is a mobile phone column, that is the main phone and `Telefone` the secondary one. `Razão social`
 * is no name of clients beside a column that has theirs.
 */
function guessMeanings(names: readonly Name[], chosen: ReadonlyMap<number, ColumnMeaning>): ColumnMeaning[] {
  const hasPeople = names.some(({ name }) => isOfPeople(name));
  const guesses = names.map(({ name }): ColumnMeaning => {
    if (isAreaCodeOf(name, names)) return 'areaCode';
    return hasPeople && firmRankOf(name) !== undefined ? 'extra' : (meaningOf(name) ?? 'extra');
  });
  const isMobilePhone = names.map(({ name }, index) => guesses[index] === 'phone' && isMobile(name));
  const hasMobile = isMobilePhone.some((isOne, index) => isOne && (chosen.get(index) ?? 'phone') === 'phone');
  return guesses.map((guess, index) =>
    guess === 'phone' && hasMobile && isMobilePhone[index] !== true ? 'secondaryPhone' : guess,
  );
}

/** Whether a header such as `DDD celular` stands beside `Celular`. Alone it would be area code and number in one. */
const isAreaCodeOf = (header: string, names: readonly Name[]): boolean => {
  const [, phone] = /^ddd_(.+)$/.exec(foldHeader(header)) ?? [];
  return phone !== undefined && names.some((other) => foldHeader(other.header) === phone);
};

/** Whether a header names a column of people. `Contato` beside a firm may be whom to ask for there. */
const isOfPeople = (header: string): boolean =>
  meaningOf(header) === 'fullName' && firmRankOf(header) === undefined && keyOf(header) !== 'contato';

const isIdentity = (meaning: ColumnMeaning): boolean =>
  ['firstName', 'fullName', 'document', 'phone', 'email'].includes(meaning);

function claim(meaning: ColumnMeaning, taken: Set<ColumnMeaning>): ColumnMeaning {
  if (isShareable(meaning)) return meaning;
  const free = [meaning, second[meaning]].find((candidate) => candidate !== undefined && !taken.has(candidate));
  if (free === undefined) return 'extra';
  taken.add(free);
  return free;
}

/** “Nome” is the full name, the first name if a column has the surname, or extra if a column has the first name. */
function giveFullName(columns: readonly Column[]): Column[] {
  const has = (meaning: ColumnMeaning): boolean => columns.some((column) => column.meaning === meaning);
  if (!has('fullName')) return [...columns];
  const meaning: ColumnMeaning = has('firstName') ? 'extra' : has('lastName') ? 'firstName' : 'fullName';
  return columns.map((column) => (column.meaning === 'fullName' ? { ...column, meaning } : column));
}

/** Joins a header that contains line breaks, which people add to keep a column narrow. */
const oneLine = (header: string): string =>
  header
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

interface Name {
  readonly header: string;
  /** The header, made unique. */
  readonly name: string;
}

function namesOf(headers: readonly string[]): Name[] {
  const seen = new Map<string, number>();
  return headers.map((raw, index) => {
    const header = oneLine(raw) || columnName(index);
    const key = foldHeader(header) || header;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return { header, name: times === 1 ? header : `${header} (${String(times)})` };
  });
}

/** The name of a column without one: `Coluna A`, lettered like spreadsheets; `index` from 0. */
export function columnName(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `Coluna ${letters}`;
}

function readMapping(
  names: readonly Name[],
  mapping: Mapping | undefined,
  line: number,
): ReadonlyMap<number, ColumnMeaning> {
  const chosen = new Map<number, ColumnMeaning>();
  const fields = new Set<ColumnMeaning>();
  for (const [header, meaning] of Object.entries(mapping ?? {})) {
    const index = names.findIndex(({ name }) => name === oneLine(header));
    if (index < 0 || !isMeaning(meaning))
      throw new FileProblem('invalid_mapping', { line, details: { header, meaning } });
    if (!isShareable(meaning) && fields.has(meaning))
      throw new FileProblem('duplicate_mapping', { line, column: index + 1, details: { header, meaning } });
    fields.add(meaning);
    chosen.set(index, meaning);
  }
  return chosen;
}
