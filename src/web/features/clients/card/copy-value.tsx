import { useLingui } from '@lingui/react/macro';
import { IconCopy } from '@tabler/icons-react';
import { definitionOf, type TextField } from '../../../../shared/client-fields.ts';
import { canCopy, copyText } from '../../../ui/copy-text.ts';
import { IconButton } from '../../../ui/button.tsx';

/** What people copy into other programs; names and words are read instead. */
export const isCopied = (field: TextField): boolean =>
  ['phone', 'email', 'document', 'postalCode'].includes(definitionOf(field).kind) ||
  field === 'rg' ||
  field === 'healthInsurance.number';

interface CopyValueProps {
  readonly label: string;
  readonly value: string;
}

/** Copies a value of the card. Left out where the browser allows no copying, as in plain http. */
export function CopyValue({ label, value }: CopyValueProps) {
  const { t } = useLingui();
  if (!canCopy()) return null;
  return (
    <IconButton
      label={t`Copiar ${label}`}
      data-copy=""
      icon={<IconCopy size="1.125rem" aria-hidden="true" />}
      onClick={() => void copyText(value, t`${label}: copiado.`)}
    />
  );
}
