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
 * Which fields the form has, section by section; the professional ends the first one, tags and notes follow after all. Suggestions are in Portuguese
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
      at('referral', {
        width: 6,
        suggestions: ['Indicação', 'Google', 'Instagram', 'Facebook', 'Convênio', 'Passou em frente'],
      }),
    ],
  },
];

interface CardSection {
  readonly key: 'contact' | 'identity' | 'person' | 'guardian' | 'address' | 'insurance' | 'notes';
  /** The tab of the card that it stands in: `summary` has what people ask for every day. */
  readonly tab: 'summary' | 'data';
  readonly fields: readonly TextField[];
  /** Offered to be filled in when empty. */
  readonly wanted?: readonly TextField[];
}

/** The sections of the card. Name and tags are in its head; the address is one block. */
export const cardSections: readonly CardSection[] = [
  { key: 'contact', tab: 'summary', fields: ['phone', 'secondaryPhone', 'email'], wanted: ['phone', 'email'] },
  {
    key: 'identity',
    tab: 'summary',
    fields: ['dateOfBirth', 'document'],
    wanted: ['dateOfBirth', 'document'],
  },
  { key: 'guardian', tab: 'summary', fields: ['guardian.name', 'guardian.phone', 'guardian.document'] },
  { key: 'notes', tab: 'summary', fields: ['notes'], wanted: ['notes'] },
  {
    key: 'person',
    tab: 'data',
    fields: ['rg', 'sex', 'maritalStatus', 'nationality', 'profession', 'referral'],
  },
  {
    key: 'address',
    tab: 'data',
    fields: [
      'address.postalCode',
      'address.street',
      'address.number',
      'address.complement',
      'address.neighborhood',
      'address.city',
      'address.state',
    ],
  },
  { key: 'insurance', tab: 'data', fields: ['healthInsurance.plan', 'healthInsurance.number'] },
];

/** Fields whose values a browser may translate. Names and numbers must stay as they are. */
export const wordFields: ReadonlySet<TextField> = new Set([
  'sex',
  'maritalStatus',
  'nationality',
  'profession',
  'referral',
  'notes',
]);
