import { withoutDocumentLabel } from '../../../../../shared/document.ts';
import { clientFields, type FieldKind, type TextField, textFields } from '../../../../../shared/client-fields.ts';
import { plainSpelling, normalizeCharacters } from '../../../../../shared/plain-spelling.ts';
import { states } from '../../../../../shared/states.ts';
import { isInvisible } from '../../../../../shared/text.ts';
import { parseByContract, ValueProblem } from './contract-fields.ts';
import { DateColumn } from './dates.ts';
import { foldHeader } from '../headers/header-names.ts';
import { wholeNumber } from './numbers.ts';
import { readPhone } from './phones.ts';

/** Undefined: there is nothing to see. */
type ReadValue = (text: string) => string | undefined | ValueProblem;

// A fast path: nearly all cells consist of these characters, for which the contract limits only the length. This saves a million
// rows the slower check by its schema.
const plain = /^ *[!-~\u00a1-\u00ac\u00ae-\u024f\u2018-\u201d][ -~\u00a1-\u00ac\u00ae-\u024f\u2018-\u201d]*$/;

const text = (field: TextField, max: number): ReadValue => {
  return (value) => (value.length <= max && plain.test(value) ? value : parseByContract(field, value));
};
const name = (field: TextField, max: number): ReadValue => {
  return (value) =>
    value.length <= max && plain.test(value) && /[A-Za-z0-9]/.test(value) ? value : parseByContract(field, value);
};

/** Whether 11 digits are a CPF: both check digits are right and not all digits are equal (Receita Federal). */
function isCpf(digits: string): boolean {
  let first = 0;
  let second = 0;
  let same = true;
  const lead = digits.charCodeAt(0);
  for (let at = 0; at < 9; at++) {
    const code = digits.charCodeAt(at);
    same &&= code === lead;
    first += (code - 48) * (10 - at);
    second += (code - 48) * (11 - at);
  }
  const one = ((first * 10) % 11) % 10;
  const two = (((second + one * 2) * 10) % 11) % 10;
  return !same && digits.charCodeAt(9) - 48 === one && digits.charCodeAt(10) - 48 === two;
}

const document = (field: TextField): ReadValue => {
  return (cell) => {
    if (/^\d{11}$/.test(cell) && isCpf(cell)) return cell;
    const value = wholeNumber(withoutDocumentLabel(plainSpelling(cell)));
    if (value instanceof ValueProblem) return value;
    // Spreadsheets treat documents as numbers and drop leading zeros.
    if (/^\d{9,10}$/.test(value) && isCpf(value.padStart(11, '0'))) return value.padStart(11, '0');
    if (/^\d{12,13}$/.test(value)) {
      const cnpj = parseByContract(field, value.padStart(14, '0'));
      if (typeof cnpj === 'string') return cnpj;
    }
    return parseByContract(field, value);
  };
};

const onePhone: ReadValue = (value) => readPhone(value);

/** A single date, without a column that shows its order: day first, as in Brazil. */
const birthDate: ReadValue = (value) =>
  isInvisible(value) ? undefined : (new DateColumn('day').read(value, 0) ?? new ValueProblem('invalid_date'));

// A fast path with the contract's rules, for the characters of nearly all addresses.
const email: ReadValue = (value) =>
  value.length <= 254 &&
  /^(?!.*\.\.)[a-z0-9_+-](?:[a-z0-9_+.-]*[a-z0-9_+-])?@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/i.test(value)
    ? value
    : parseByContract('email', value);

const postalCode: ReadValue = (cell) => {
  if (/^\d{5}-?\d{3}$/.test(cell)) return cell.replace('-', '');
  const value = wholeNumber(plainSpelling(cell));
  if (value instanceof ValueProblem) return value;
  return parseByContract('address.postalCode', /^[1-9]\d{3}-?\d{3}$/.test(value) ? `0${value}` : value);
};

const knownStates: ReadonlySet<string> = new Set(states);
// By name, code, or both: `SP - São Paulo`, `São Paulo (SP)`, `S.P.`.
const stateSpellings = new Map(
  'acre:AC alagoas:AL amazonas:AM amapa:AP bahia:BA ceara:CE distrito_federal:DF espirito_santo:ES goias:GO maranhao:MA minas_gerais:MG mato_grosso_do_sul:MS mato_grosso:MT para:PA paraiba:PB pernambuco:PE piaui:PI parana:PR rio_de_janeiro:RJ rio_grande_do_norte:RN rondonia:RO roraima:RR rio_grande_do_sul:RS santa_catarina:SC sergipe:SE sao_paulo:SP tocantins:TO'
    .split(' ')
    .flatMap((pair) => {
      const [name = '', state = ''] = pair.split(':');
      const code = state.toLowerCase();
      const spellings = [name, code, code.replace(/\B/, '_'), `${code}_${name}`, `${name}_${code}`];
      return spellings.map((spelling) => [spelling, state] as const);
    }),
);

const state: ReadValue = (value) => {
  if (knownStates.has(value)) return value;
  if (value.length > 60) return parseByContract('address.state', value);
  const spelling = foldHeader(normalizeCharacters(value)).replace(/^estado_d[aeo]_/, '');
  return parseByContract('address.state', stateSpellings.get(spelling) ?? value);
};

const plainLines = /^[\n ]*[!-~\u00a1-\u00ac\u00ae-\u024f][\n -~\u00a1-\u00ac\u00ae-\u024f]*$/;

const longText = (field: TextField, max: number): ReadValue => {
  return (value) => (value.length <= max && plainLines.test(value) ? value : parseByContract(field, value));
};

/** The reader for each kind of field. */
const kindReaders: Readonly<
  Record<Exclude<FieldKind, 'tags' | 'columns' | 'professional'>, (field: TextField, limit: number) => ReadValue>
> = {
  name,
  line: text,
  text: longText,
  email: () => email,
  phone: () => onePhone,
  document,
  date: () => birthDate,
  postalCode: () => postalCode,
  state: () => state,
};

/**
 * Readers that turn the text of a cell into a field's value. Same result as the contract (values.test.ts compares them), after
 * correcting common spellings: lost zeros, dates as Brazil writes them, names of states.
 */
export const readers = Object.fromEntries(
  textFields.map((field) => {
    const { kind, limit = 0 } = { limit: undefined, ...clientFields[field] };
    return [field, kindReaders[kind](field, limit)];
  }),
) as Readonly<Record<TextField, ReadValue>>;
