import { definitionOf, type FieldKind } from '../../../../shared/client-fields.ts';
import { parseDocument } from '../../../../shared/document.ts';
import { formatDocument } from '../../../../shared/format.ts';
import { formatPhone, parsePhone } from '../../../../shared/phone.ts';
import { formSections } from '../field-places.ts';
import { readBirthDate, writeBirthDate } from './birth-date.ts';
import { type Mask, maskDate, maskDocument, maskPhone, maskPostalCode } from './field-masks.ts';
import type { FormText } from './form-fields.ts';

/** How a field reacts to typing: the keyboard on a phone, punctuation that is added, suggestions. */
interface FieldBehaviour {
  readonly mask?: Mask;
  /** Formats the text when the field is left; text that cannot be read stays as it is. */
  readonly tidy?: (text: string) => string;
  readonly type?: 'tel' | 'email';
  readonly inputMode?: 'tel' | 'email' | 'numeric';
  readonly capitals?: 'words' | 'sentences' | 'off';
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
}

const kindBehaviours: Readonly<Partial<Record<FieldKind, FieldBehaviour>>> = {
  phone: {
    mask: maskPhone,
    tidy: (text) => {
      const read = parsePhone(text);
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
