/** The fields of the form that hold text, by their path in the contract, so that a server's error finds its field. */
export const textFields = [
  'firstName',
  'lastName',
  'socialName',
  'dateOfBirth',
  'document',
  'rg',
  'phone',
  'secondaryPhone',
  'email',
  'guardian.name',
  'guardian.phone',
  'guardian.document',
  'address.postalCode',
  'address.street',
  'address.number',
  'address.complement',
  'address.neighborhood',
  'address.city',
  'address.state',
  'sex',
  'maritalStatus',
  'nationality',
  'profession',
  'healthInsurance.plan',
  'healthInsurance.number',
  'professionalId',
  'notes',
] as const;

export type TextField = (typeof textFields)[number];
export type FormField = TextField | 'tags';

/** Every field of the form, in its order. */
export const formFields: readonly FormField[] = [...textFields, 'tags'];

/** What the form shows: every text as people read it (`(11) 98765-4321`), empty for nothing. */
export type FormValues = Readonly<Record<TextField, string>> & { readonly tags: readonly string[] };
