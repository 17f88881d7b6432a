import { useLingui } from '@lingui/react/macro';
import { IconCopy } from '@tabler/icons-react';
import { definitionOf, type TextField } from '../../../../shared/client-fields.ts';
import { IconButton } from '../../../ui/button.tsx';
import { toast, toastFailure } from '../../../ui/toast.tsx';

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
  // Undefined outside a secure context.
  const { clipboard } = navigator as Partial<Navigator>;
  if (clipboard === undefined) return null;
  const copy = async (): Promise<void> => {
    try {
      await clipboard.writeText(value);
      toast({ message: t`${label}: copiado.` });
    } catch (error) {
      toastFailure(error);
    }
  };
  return (
    <IconButton
      label={t`Copiar ${label}`}
      data-copy=""
      icon={<IconCopy size="1.125rem" aria-hidden="true" />}
      onClick={() => void copy()}
    />
  );
}
