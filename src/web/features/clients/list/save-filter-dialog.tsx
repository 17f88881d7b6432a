import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { SavedFilter } from '../../../../shared/contracts/saved-filters.ts';
import { api } from '../../../lib/api.ts';
import { useSave } from '../../../lib/use-save.ts';
import { TextField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import type { ListFilters } from './list-filters.ts';
import { refreshSavedFilters } from './saved-filters-query.ts';

/** Filters and order that are kept under a name. */
export type KeptFilters = Omit<ListFilters, 'sort'> & Pick<SavedFilter['filters'], 'sort'>;

interface SaveFilterDialogProps {
  readonly filters: KeptFilters;
  /** Names in use: keeping under one of them replaces what it stood for. */
  readonly names: readonly string[];
  readonly onKept: () => void;
  readonly onClose: () => void;
}

/** Asks for the name under which filters are kept. */
export function SaveFilterDialog({ filters, names, onKept, onClose }: SaveFilterDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [name, setName] = useState('');
  const written = name.trim();
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      await api('POST /saved-filters', { body: { name, filters } });
      await refreshSavedFilters();
    });
    if (!isSaved) return;
    toast({ message: t`Filtro “${written}” guardado. Ele fica em Filtros.` });
    onKept();
    onClose();
  };
  return (
    <FormDialog
      label={t`Guardar estes filtros`}
      isBusy={isBusy}
      failure={errors['']}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextField
        label={t`Nome`}
        data-autofocus=""
        maxLength={40}
        error={errors['name']}
        hint={names.includes(written) ? t`Troca o filtro que já tem este nome.` : t`Só você vê os seus filtros.`}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
    </FormDialog>
  );
}
