import { definitionOf, type FieldKind } from '../../../../shared/client-fields.ts';
import { formatDocument, parseDocument } from '../../../../shared/document.ts';
import { formatPhone, parsePhone } from '../../../../shared/phone.ts';
import { formSections } from '../field-places.ts';
import { readBirthDate, writeBirthDate } from './birth-date.ts';
import { type Mask, maskDate, maskDocument, maskPhone, maskPostalCode } from './field-masks.ts';
import type { FormText } from './form-fields.ts';

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
