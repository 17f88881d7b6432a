import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ConsentTextInput } from '../../../shared/contracts/consents.ts';
import { refreshConsents } from '../../entities/consent/consent-queries.ts';
import { api } from '../../lib/api.ts';
import { useSave } from '../../lib/use-save.ts';
import { Check } from '../../ui/check.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';

/** What a new text or version starts from. */
export interface TextStart extends ConsentTextInput {
  readonly isNew: boolean;
}

/** Writes a text or its next version. */
export function TextDialog({ start, onClose }: { readonly start: TextStart; readonly onClose: () => void }) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const { purpose, isNew } = start;
  const [values, setValues] = useState({ title: start.title, body: start.body, asked: start.asked });
  const set = (change: Partial<typeof values>): void => {
    setValues((before) => ({ ...before, ...change }));
  };
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      await api('POST /consent-texts', { body: { ...values, purpose } });
      await refreshConsents();
    });
    if (isSaved) onClose();
  };
  const { title } = start;
  return (
    <FormDialog
      label={isNew ? t`Novo texto` : t`Nova versão de ${title}`}
      isBusy={isBusy}
      failure={errors['']}
      action={isNew ? <Trans>Salvar texto</Trans> : <Trans>Salvar nova versão</Trans>}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextField
        label={t`Título`}
        hint={t`Como aparece na ficha do cliente.`}
        maxLength={120}
        error={errors['title']}
        // The title is what versions of such a text have in common.
        readOnly={purpose === 'other' && !isNew}
        value={values.title}
        onChange={(event) => {
          set({ title: event.target.value });
        }}
      />
      <TextAreaField
        label={t`Texto`}
        hint={t`Uma linha que começa com “# ” é um título; com “- ”, um item de lista.`}
        rows={14}
        maxLength={20_000}
        error={errors['body']}
        value={values.body}
        onChange={(event) => {
          set({ body: event.target.value });
        }}
      />
      <Check
        label={t`Pedir a todos os clientes`}
        hint={t`A ficha mostra o que falta. Sem isso, o texto só aparece para quem já respondeu.`}
        checked={values.asked}
        onChange={(asked) => {
          set({ asked });
        }}
      />
    </FormDialog>
  );
}
