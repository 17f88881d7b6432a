import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '../../lib/api.ts';
import { TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useSave } from '../../lib/use-save.ts';

/** Adds a municipal holiday. */
export function HolidayDialog({ onSaved, onClose }: { readonly onSaved: () => void; readonly onClose: () => void }) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [date, setDate] = useState('');
  const [name, setName] = useState('');
  const send = async (): Promise<void> => {
    if (!(await save(() => api('POST /holidays', { body: { date, name } })))) return;
    onSaved();
    onClose();
  };
  return (
    <FormDialog
      label={t`Novo feriado municipal`}
      isBusy={isBusy}
      failure={errors['']}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextField
        label={t`Dia`}
        type="date"
        data-autofocus=""
        error={errors['date']}
        value={date}
        onChange={(event) => {
          setDate(event.target.value);
        }}
      />
      <TextField
        label={t`Nome`}
        error={errors['name']}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
    </FormDialog>
  );
}
