import type { TextField } from '../../../shared/client-fields.ts';

/** A field in the form. */
interface Placed {
  readonly field: TextField;
  /** How many of the row's six parts it takes on a computer; on a phone it has the row to itself, unless it is paired. */
  readonly width: number;
  /** Stands beside its neighbour on a phone too. */
  readonly isPaired?: true;
  /** On a phone it is folded away while it is empty: reception asks for it last. */
  readonly isLater?: true;
  /** Which capitals a phone's keyboard offers. */
  readonly capitals?: 'words';
  readonly suggestions?: readonly string[];
}

interface FormSection {
  readonly key: 'identity' | 'contact' | 'guardian' | 'address' | 'more';
  readonly fields: readonly Placed[];
}

const at = (field: TextField, place: Partial<Omit<Placed, 'field'>> = {}): Placed => ({ field, width: 3, ...place });

/**
 * Which fields the form has, section by section; professional, tags and notes follow after these. Suggestions are in Portuguese
 * in both languages, because they become data of a Brazilian clinic.
 */
export const formSections: readonly FormSection[] = [
  {
    key: 'identity',
    fields: [
      at('firstName', { capitals: 'words' }),
      at('lastName', { capitals: 'words' }),
      at('phone'),
      at('dateOfBirth'),
    ],
  },
  {
    key: 'contact',
    fields: [
      at('document'),
      at('email'),
      at('secondaryPhone', { isLater: true }),
      at('rg', { isLater: true }),
      at('socialName', { width: 6, capitals: 'words', isLater: true }),
    ],
  },
  {
    key: 'guardian',
    fields: [at('guardian.name', { width: 6, capitals: 'words' }), at('guardian.phone'), at('guardian.document')],
  },
  {
    key: 'address',
    fields: [
      at('address.postalCode', { width: 2 }),
      at('address.street', { width: 4, capitals: 'words', isLater: true }),
      at('address.number', { width: 2, isPaired: true, isLater: true }),
      at('address.complement', { width: 4, isPaired: true, isLater: true }),
      at('address.neighborhood', { width: 2, capitals: 'words', isLater: true }),
      at('address.city', { width: 2, capitals: 'words', isPaired: true, isLater: true }),
      at('address.state', { width: 2, isPaired: true, isLater: true }),
    ],
  },
  {
    key: 'more',
    fields: [
      at('sex', { suggestions: ['Feminino', 'Masculino', 'Intersexo', 'Não informado'] }),
      at('maritalStatus', {
        suggestions: ['Solteira(o)', 'Casada(o)', 'União estável', 'Divorciada(o)', 'Viúva(o)'],
      }),
      at('nationality', { suggestions: ['Brasileira'] }),
      at('profession'),
      at('healthInsurance.plan'),
      at('healthInsurance.number'),
    ],
  },
];

interface CardSection {
  readonly key: 'contact' | 'person' | 'guardian' | 'address' | 'insurance' | 'notes';
  readonly fields: readonly TextField[];
  /** Offered to be filled in when empty. */
  readonly wanted?: readonly TextField[];
}

/** The sections of the card. Names and tags are in its head. */
export const cardSections: readonly CardSection[] = [
  { key: 'contact', fields: ['phone', 'secondaryPhone', 'email'], wanted: ['phone', 'email'] },
  {
    key: 'person',
    fields: ['dateOfBirth', 'document', 'rg', 'sex', 'maritalStatus', 'nationality', 'profession'],
    wanted: ['dateOfBirth', 'document'],
  },
  { key: 'guardian', fields: ['guardian.name', 'guardian.phone', 'guardian.document'] },
  {
    key: 'address',
    fields: [
      'address.street',
      'address.number',
      'address.complement',
      'address.neighborhood',
      'address.city',
      'address.state',
      'address.postalCode',
    ],
  },
  { key: 'insurance', fields: ['healthInsurance.plan', 'healthInsurance.number'] },
  { key: 'notes', fields: ['notes'], wanted: ['notes'] },
];

/** Fields whose values a browser may translate. Names and numbers must stay as they are. */
export const wordFields: ReadonlySet<TextField> = new Set([
  'sex',
  'maritalStatus',
  'nationality',
  'profession',
  'notes',
]);
