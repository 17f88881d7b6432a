import { clientFields, type FieldKind, type TextField, textFields } from '../../../../../shared/client-fields.ts';
import { plainSpelling, normalizeCharacters } from '../../../../../shared/plain-spelling.ts';
import { states } from '../../../../../shared/states.ts';
import { parseByContract, ValueProblem } from './contract-fields.ts';
import { DateColumn } from './dates.ts';
import { foldHeader } from '../headers/header-names.ts';
import { wholeNumber } from './numbers.ts';
import { readPhone } from './phones.ts';

type ReadValue = (text: string) => string | ValueProblem;

// Letters, digits and signs that every text field takes: what nearly every cell is made of. The contract has no say about
// them but for the length, so a million rows need not ask it.
const plain = /^[ -~\u00a1-\u00ac\u00ae-\u024f\u2018-\u201d]*$/;

const text = (field: TextField, max: number): ReadValue => {
  return (value) => (value.length <= max && plain.test(value) ? value : parseByContract(field, value));
};
const name = (field: TextField, max: number): ReadValue => {
  return (value) =>
    value.length <= max && plain.test(value) && /[A-Za-z0-9]/.test(value) ? value : parseByContract(field, value);
};

/** Whether 11 digits are a CPF: both check digits right and not all the same (Receita Federal's rule). */
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
    const value = wholeNumber(plainSpelling(cell));
    if (value instanceof ValueProblem) return value;
    // A spreadsheet treats documents as numbers and drops leading zeros.
    if (/^\d{9,10}$/.test(value) && isCpf(value.padStart(11, '0'))) return value.padStart(11, '0');
    if (/^\d{12,13}$/.test(value)) return parseByContract(field, value.padStart(14, '0'));
    return parseByContract(field, value);
  };
};

const onePhone: ReadValue = (value) => readPhone(value);

/** A date by itself, with no column to tell its order: as Brazil writes it. */
const birthDate: ReadValue = (value) => new DateColumn('day').read(value, 0) ?? new ValueProblem('invalid_date');

// The local part and the domain as the contract has them, for the letters that nearly every address is made of.
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
// By name, by code, and by both, as in `SP - São Paulo` and `São Paulo (SP)`; `S.P.` as well.
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

const longText = (field: TextField, max: number): ReadValue => {
  return (value) =>
    value.length <= max && /^[\n -~\u00a1-\u00ac\u00ae-\u024f]*$/.test(value) ? value : parseByContract(field, value);
};

/** How the text of a field of each kind is read. */
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
 * Reads the text of a cell as a field's value. Gives what the contract would (values.test.ts holds the two against each
 * other), after mending what spreadsheets and habits do to it: lost zeros, dates as Brazil writes them, names of states.
 */
export const readers = Object.fromEntries(
  textFields.map((field) => {
    const { kind, limit = 0 } = { limit: undefined, ...clientFields[field] };
    return [field, kindReaders[kind](field, limit)];
  }),
) as Readonly<Record<TextField, ReadValue>>;
