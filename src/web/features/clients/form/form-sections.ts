import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { TextField } from './form-fields.ts';

/** A field and how many of the row's six parts it takes on a computer; on a phone it has the row to itself. */
interface Placed {
  readonly field: TextField;
  readonly width: number;
}

interface FormSection {
  readonly key: 'identity' | 'contact' | 'guardian' | 'address' | 'more';
  readonly title: MessageDescriptor;
  readonly fields: readonly Placed[];
}

const at = (field: TextField, width = 3): Placed => ({ field, width });

/** The one definition of the form; pairs stand side by side on a computer, and below one another on a phone. */
export const formSections: readonly FormSection[] = [
  {
    key: 'identity',
    title: msg`Identificação`,
    fields: [at('firstName'), at('lastName'), at('socialName'), at('dateOfBirth'), at('document'), at('rg')],
  },
  { key: 'contact', title: msg`Contato`, fields: [at('phone'), at('secondaryPhone'), at('email', 6)] },
  {
    key: 'guardian',
    title: msg`Responsável`,
    fields: [at('guardian.name', 6), at('guardian.phone'), at('guardian.document')],
  },
  {
    key: 'address',
    title: msg`Endereço`,
    fields: [
      at('address.postalCode', 2),
      at('address.street', 4),
      at('address.number', 2),
      at('address.complement', 4),
      at('address.neighborhood', 2),
      at('address.city', 2),
      at('address.state', 2),
    ],
  },
  {
    key: 'more',
    title: msg`Mais dados`,
    fields: [
      at('sex'),
      at('maritalStatus'),
      at('nationality'),
      at('profession'),
      at('healthInsurance.plan'),
      at('healthInsurance.number'),
    ],
  },
];
