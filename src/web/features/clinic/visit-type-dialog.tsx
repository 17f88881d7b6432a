import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { VisitType } from '../../../shared/contracts/agenda/availability.ts';
import { foldText } from '../../../shared/fold-text.ts';
import { refreshClinic } from '../../entities/clinic/clinic-queries.ts';
import { api } from '../../lib/api.ts';
import { ifMatch } from '../../lib/if-match.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Check } from '../../ui/check.tsx';
import { Row } from './settings-layout.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useSave } from '../../lib/use-save.ts';

interface VisitTypeDialogProps {
  /** Undefined for a new one. */
  readonly type: VisitType | undefined;
  readonly onClose: () => void;
}

/** The key of a new kind, from its name: “Sessão de laser” → `sessao-de-laser`. */
function toTypeKey(name: string): string {
  const words = foldText(name).split(/[^a-z0-9]+/);
  const key = words.filter((word) => word !== '').join('-');
  const cut = key.replace(/^[^a-z]+/, '').slice(0, 40);
  return cut.endsWith('-') ? cut.slice(0, -1) : cut;
}

/** Makes or changes a kind of visit. */
export function VisitTypeDialog({ type, onClose }: VisitTypeDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [values, setValues] = useState({
    name: type?.name ?? '',
    minutes: type?.minutes ?? 30,
    bufferMinutes: type?.bufferMinutes ?? 0,
    color: type?.color ?? ('teal' as const),
    active: type?.active ?? true,
  });
  const set = (change: Partial<typeof values>): void => {
    setValues((before) => ({ ...before, ...change }));
  };
  const colours: Readonly<Record<VisitType['color'], string>> = {
    teal: t`Verde-água`,
    indigo: t`Índigo`,
    rose: t`Rosa`,
    amber: t`Âmbar`,
    green: t`Verde`,
    slate: t`Cinza`,
  };
  const send = async (): Promise<void> => {
    const { active, ...body } = values;
    const isSaved = await save(async () => {
      if (type === undefined) await api('POST /visit-types', { body: { ...body, key: toTypeKey(values.name) } });
      else
        await api('PATCH /visit-types/{id}', {
          params: { id: type.id },
          body: { ...body, active },
          headers: ifMatch(type.version),
        });
    }, refreshClinic);
    if (isSaved) onClose();
  };
  return (
    <FormDialog
      label={type === undefined ? t`Novo tipo de atendimento` : t`Alterar tipo de atendimento`}
      isBusy={isBusy}
      failure={errors[''] ?? errors['key']}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextField
        label={t`Nome`}
        data-autofocus=""
        error={errors['name']}
        value={values.name}
        onChange={(event) => {
          set({ name: event.target.value });
        }}
      />
      <Row>
        <TextField
          label={t`Duração em minutos`}
          type="number"
          inputMode="numeric"
          min={5}
          max={720}
          step={5}
          error={errors['minutes']}
          value={values.minutes}
          onChange={(event) => {
            set({ minutes: event.target.valueAsNumber });
          }}
        />
        <TextField
          label={t`Intervalo depois`}
          type="number"
          inputMode="numeric"
          min={0}
          max={240}
          step={5}
          error={errors['bufferMinutes']}
          value={values.bufferMinutes}
          onChange={(event) => {
            set({ bufferMinutes: event.target.valueAsNumber });
          }}
        />
      </Row>
      <SelectField
        label={t`Cor`}
        value={values.color}
        onChange={(event) => {
          set({ color: event.target.value as VisitType['color'] });
        }}
      >
        {Object.entries(colours).map(([color, name]) => (
          <option key={color} value={color}>
            {name}
          </option>
        ))}
      </SelectField>
      {type !== undefined && (
        <Check
          label={t`Oferecer ao agendar`}
          checked={values.active}
          onChange={(active) => {
            set({ active });
          }}
        />
      )}
    </FormDialog>
  );
}
