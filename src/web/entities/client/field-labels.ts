import { useLingui } from '@lingui/react';
import { clientLabels, type LabelledField } from '../../../shared/client-labels.ts';
import { isFieldName } from '../../../shared/client-fields.ts';

const isField = (name: string): name is LabelledField => isFieldName(name) && name !== 'extra';

/** What a client's fields are called in the page's language. */
export function useFieldLabels() {
  const { i18n } = useLingui();
  const locale = i18n.locale === 'en' ? 'en' : 'pt-BR';
  const labelOf = (field: LabelledField): string => clientLabels[field][locale];
  return {
    labelOf,
    /** Undefined for an imported column: its name in the file is its label. */
    findLabel: (name: string): string | undefined => (isField(name) ? labelOf(name) : undefined),
  };
}
