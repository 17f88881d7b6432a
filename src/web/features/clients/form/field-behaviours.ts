import { definitionOf, type FieldKind } from '../../../../shared/client-fields.ts';
import { parseDocument } from '../../../../shared/document.ts';
import { formatDocument } from '../../../../shared/format.ts';
import { completePhone, formatPhone, parsePhone } from '../../../../shared/phone.ts';
import { formSections } from '../field-places.ts';
import { readBirthDate, writeBirthDate } from './birth-date.ts';
import { type Mask, maskDate, maskDocument, maskPhone, maskPostalCode } from './field-masks.ts';
import type { FormText } from './form-fields.ts';

/** How a field reacts to typing: the keyboard on a phone, punctuation that is added, suggestions. */
interface FieldBehaviour {
  readonly mask?: Mask;
  /** Formats the text when the field is left; text that cannot be read stays as it is. `areaCode`: the clinic's. */
  readonly tidy?: (text: string, areaCode: string | null) => string;
  readonly type?: 'tel' | 'email';
  readonly inputMode?: 'tel' | 'email' | 'numeric';
  readonly capitals?: 'words' | 'sentences' | 'off';
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
}

/** The mask has taken the first two digits of a number without area code for one. */
const completeTyped = (text: string, areaCode: string | null): string | undefined =>
  /^[\d\s().-]+$/.test(text) ? completePhone(text.replace(/\D/g, ''), areaCode) : undefined;

/** Whether leaving a field gives its phone the clinic's area code. */
export const completesPhone = (field: FormText, text: string, areaCode: string | null): boolean =>
  definitionOf(field).kind === 'phone' && parsePhone(text) === undefined && completeTyped(text, areaCode) !== undefined;

const kindBehaviours: Readonly<Partial<Record<FieldKind, FieldBehaviour>>> = {
  phone: {
    mask: maskPhone,
    tidy: (text, areaCode) => {
      const read = parsePhone(text) ?? completeTyped(text, areaCode);
      return read === undefined ? text : formatPhone(read);
    },
    type: 'tel',
    inputMode: 'tel',
  },
  email: { type: 'email', inputMode: 'email', capitals: 'off' },
  document: {
    mask: maskDocument,
    tidy: (text) => {
      const read = parseDocument(text);
      return 'value' in read ? formatDocument(read.value) : text;
    },
    inputMode: 'numeric',
    capitals: 'off',
  },
  date: {
    mask: maskDate,
    tidy: (text) => {
      const read = readBirthDate(text);
      return read === undefined ? text : writeBirthDate(read);
    },
    inputMode: 'numeric',
    placeholder: 'dd/mm/aaaa',
  },
  postalCode: { mask: maskPostalCode, inputMode: 'numeric' },
};

const places = new Map<FormText, FieldBehaviour>(
  formSections.flatMap(({ fields }) => fields.map((placed) => [placed.field, placed])),
);

export const behaviourOf = (field: FormText): FieldBehaviour => ({
  ...kindBehaviours[definitionOf(field).kind],
  ...places.get(field),
});
