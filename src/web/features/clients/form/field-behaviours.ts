import { parseDocument, formatDocument } from '../../../../shared/document.ts';
import { formatPhone, parsePhone } from '../../../../shared/phone.ts';
import { readBirthDate, writeBirthDate } from './birth-date.ts';
import { type Mask, maskDate, maskDocument, maskPhone, maskPostalCode } from './field-masks.ts';
import type { TextField } from './form-fields.ts';

/** How a field is typed into: the keyboard a phone shows, what is punctuated for the typist, what is suggested. */
interface FieldBehaviour {
  readonly mask?: Mask;
  /** Puts the text in its usual form once the typist leaves; gives it back as it is when it can't be read. */
  readonly tidy?: (text: string) => string;
  readonly type?: 'tel' | 'email';
  readonly inputMode?: 'tel' | 'email' | 'numeric';
  readonly capitals?: 'words' | 'sentences' | 'off';
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
  readonly longest?: number;
}

const phone: FieldBehaviour = {
  mask: maskPhone,
  tidy: (text) => {
    const read = parsePhone(text);
    return read === undefined ? text : formatPhone(read);
  },
  type: 'tel',
  inputMode: 'tel',
};

const document: FieldBehaviour = {
  mask: maskDocument,
  tidy: (text) => {
    const read = parseDocument(text);
    return 'value' in read ? formatDocument(read.value) : text;
  },
  inputMode: 'numeric',
  capitals: 'off',
};

// What is suggested becomes data of a Brazilian clinic, whatever language its screen is in.
const behaviours: Partial<Record<TextField, FieldBehaviour>> = {
  firstName: { capitals: 'words' },
  lastName: { capitals: 'words' },
  socialName: { capitals: 'words' },
  phone,
  secondaryPhone: phone,
  'guardian.phone': phone,
  email: { type: 'email', inputMode: 'email', capitals: 'off' },
  document,
  'guardian.document': document,
  'guardian.name': { capitals: 'words' },
  dateOfBirth: {
    mask: maskDate,
    tidy: (text) => {
      const read = readBirthDate(text);
      return read === undefined ? text : writeBirthDate(read);
    },
    inputMode: 'numeric',
    placeholder: 'dd/mm/aaaa',
  },
  'address.postalCode': { mask: maskPostalCode, inputMode: 'numeric' },
  'address.street': { capitals: 'words' },
  'address.neighborhood': { capitals: 'words' },
  'address.city': { capitals: 'words' },
  sex: { suggestions: ['Feminino', 'Masculino', 'Intersexo', 'Não informado'] },
  maritalStatus: { suggestions: ['Solteira(o)', 'Casada(o)', 'União estável', 'Divorciada(o)', 'Viúva(o)'] },
  nationality: { suggestions: ['Brasileira'] },
};

const plain: FieldBehaviour = {};

export const behaviourOf = (field: TextField): FieldBehaviour => behaviours[field] ?? plain;
