import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import type { SessionPackage } from '../../../shared/contracts/agenda/session-packages.ts';
import { api } from '../../lib/api.ts';
import { useSave } from '../../lib/use-save.ts';
import { Check } from '../../ui/check.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { refreshAgenda } from '../appointment/appointment-queries.ts';
import { changePackage } from './package-queries.ts';

interface PackageDialogProps {
  /** Undefined for a new one. */
  readonly known?: SessionPackage;
  /** Whose package it is to be; undefined until somebody is chosen in `client`. */
  readonly clientId: string | undefined;
  /** A field to choose the client. Gets what is wrong with it. */
  readonly client?: (error: string | undefined) => ReactNode;
  readonly onClose: () => void;
}

const lateHours = [2, 4, 6, 12, 24, 48, 72];

/** Agrees on a number of sessions with a client, or corrects what was agreed on. */
export function PackageDialog({ known, clientId, client, onClose }: PackageDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [isMissing, setMissing] = useState(false);
  const [values, setValues] = useState({
    name: known?.name ?? '',
    total: String(known?.total ?? 10),
    countsNoShow: known?.countsNoShow ?? true,
    countsLateCancel: known?.countsLateCancel ?? false,
    lateHours: known?.lateHours ?? 24,
  });
  const set = (change: Partial<typeof values>): void => {
    setValues((before) => ({ ...before, ...change }));
  };
  const send = async (): Promise<void> => {
    setMissing(clientId === undefined);
    if (clientId === undefined) return;
    const body = {
      ...values,
      name: values.name.trim() === '' ? null : values.name.trim(),
      total: Number(values.total),
    };
    const isSaved = await save(async () => {
      if (known !== undefined) await changePackage(known, body);
      else await api('POST /session-packages', { body: { ...body, clientId } });
      await refreshAgenda();
    });
    if (isSaved) onClose();
  };
  return (
    <FormDialog
      label={known === undefined ? t`Novo pacote de sessões` : t`Corrigir o pacote`}
      isBusy={isBusy}
      failure={errors['']}
      action={known === undefined ? <Trans>Criar pacote</Trans> : undefined}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {client?.(isMissing ? t`Escolha o cliente.` : undefined)}
      <TextField
        label={t`Sessões combinadas`}
        type="number"
        inputMode="numeric"
        min={1}
        max={999}
        data-autofocus={client === undefined ? '' : undefined}
        error={errors['total']}
        value={values.total}
        onChange={(event) => {
          set({ total: event.target.value });
        }}
      />
      <TextField
        label={t`Nome`}
        optional
        maxLength={60}
        placeholder={t`Fisioterapia, drenagem…`}
        error={errors['name']}
        value={values.name}
        onChange={(event) => {
          set({ name: event.target.value });
        }}
      />
      <div>
        <Check
          label={t`Falta usa uma sessão`}
          checked={values.countsNoShow}
          onChange={(countsNoShow) => {
            set({ countsNoShow });
          }}
        />
        <Check
          label={t`Cancelamento em cima da hora usa uma sessão`}
          checked={values.countsLateCancel}
          onChange={(countsLateCancel) => {
            set({ countsLateCancel });
          }}
        />
      </div>
      {values.countsLateCancel && (
        <SelectField
          label={t`Em cima da hora quer dizer`}
          value={values.lateHours}
          onChange={(event) => {
            set({ lateHours: Number(event.target.value) });
          }}
        >
          {[...new Set([...lateHours, values.lateHours])]
            .sort((one, other) => one - other)
            .map((hours) => (
              <option key={hours} value={hours}>
                {t`menos de ${hours} h antes`}
              </option>
            ))}
        </SelectField>
      )}
    </FormDialog>
  );
}
