import { type ColumnMeaning, columnMeanings } from '../../../../shared/contracts/imports.ts';
import { foldHeader, meaningOf } from './header-names.ts';
import { FileProblem } from './records.ts';

/** A column of the file and what it is taken for. */
export interface Column {
  /** From 0. */
  readonly index: number;
  /** As the file has it; a second one of the same name gets ` (2)`. */
  readonly header: string;
  readonly meaning: ColumnMeaning;
}

/** What a person decided, by header. */
export type Mapping = Readonly<Record<string, string>>;

const choices: ReadonlySet<string> = new Set(columnMeanings);

/** The field for a second column of the same kind. */
const second: Partial<Record<ColumnMeaning, ColumnMeaning>> = { phone: 'secondaryPhone' };

/**
 * What each column holds, by its header or by what a person said. Columns that nobody knows are kept as `extra`.
 * Throws FileProblem: duplicate_header, duplicate_mapping, invalid_mapping, no_known_column.
 */
export function mapColumns(headers: readonly string[], mapping: Mapping | undefined, line: number): Column[] {
  const names = namesOf(headers);
  const repeated = names.findIndex(({ name, header }) => name !== header && mapping?.[name] === undefined);
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

/** The columns as far as their headers are known: shown to the person who has to map the rest. */
export const guessColumns = (headers: readonly string[]): Column[] => giveMeanings(namesOf(headers), new Map());

function giveMeanings(names: readonly Name[], chosen: ReadonlyMap<number, ColumnMeaning>): Column[] {
  const taken = new Set<ColumnMeaning>(chosen.values());
  const columns = names.map(({ name: header }, index): Column => {
    const decided = chosen.get(index);
    if (decided !== undefined) return { index, header, meaning: decided };
    if (header === '') return { index, header, meaning: 'ignore' };
    return { index, header, meaning: claim(meaningOf(header) ?? 'extra', taken) };
  });
  return giveFullName(columns);
}

const isIdentity = (meaning: ColumnMeaning): boolean =>
  ['firstName', 'fullName', 'document', 'phone', 'email'].includes(meaning);

function claim(meaning: ColumnMeaning, taken: Set<ColumnMeaning>): ColumnMeaning {
  if (meaning === 'extra' || meaning === 'ignore') return meaning;
  const free = [meaning, second[meaning]].find((candidate) => candidate !== undefined && !taken.has(candidate));
  if (free === undefined) return 'extra';
  taken.add(free);
  return free;
}

/** “Nome” is the full name, unless another column has the surname or it is the second such column. */
function giveFullName(columns: readonly Column[]): Column[] {
  const has = (meaning: ColumnMeaning): boolean => columns.some((column) => column.meaning === meaning);
  if (!has('fullName')) return [...columns];
  const meaning: ColumnMeaning = has('firstName') ? 'extra' : has('lastName') ? 'firstName' : 'fullName';
  return columns.map((column) => (column.meaning === 'fullName' ? { ...column, meaning } : column));
}

/** Headers may contain line breaks that keep the column narrow. */
const oneLine = (header: string): string =>
  header
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

interface Name {
  readonly header: string;
  /** The header, made distinct from an earlier one like it. */
  readonly name: string;
}

function namesOf(headers: readonly string[]): Name[] {
  const seen = new Map<string, number>();
  return headers.map((raw) => {
    const header = oneLine(raw);
    const key = foldHeader(header) || header;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return { header, name: times === 1 || header === '' ? header : `${header} (${String(times)})` };
  });
}

function readMapping(
  names: readonly Name[],
  mapping: Mapping | undefined,
  line: number,
): ReadonlyMap<number, ColumnMeaning> {
  const chosen = new Map<number, ColumnMeaning>();
  const fields = new Set<string>();
  for (const [header, meaning] of Object.entries(mapping ?? {})) {
    const index = names.findIndex(({ name }) => name === oneLine(header));
    if (index < 0 || !choices.has(meaning))
      throw new FileProblem('invalid_mapping', { line, details: { header, meaning } });
    if (meaning !== 'extra' && meaning !== 'ignore' && fields.has(meaning))
      throw new FileProblem('duplicate_mapping', { line, column: index + 1, details: { header, meaning } });
    fields.add(meaning);
    chosen.set(index, meaning as ColumnMeaning);
  }
  return chosen;
}
