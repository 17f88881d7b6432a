import { Plural, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ClinicTag, TagColor, TagIcon, TagInput } from '../../../shared/contracts/tags.ts';
import { TagChip } from '../../entities/tag/tag-chip.tsx';
import { api } from '../../lib/api.ts';
import { ifMatch } from '../../lib/if-match.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Check } from '../../ui/check.tsx';
import { refreshTagged } from './refresh-tags.ts';
import { Row } from './settings-layout.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useSave } from '../../lib/use-save.ts';

interface TagDialogProps {
  /** Undefined for a new one. */
  readonly tag: ClinicTag | undefined;
  readonly onClose: () => void;
}

/** Makes or changes a tag. A new name is given to all clients who have it, so their number is said first. */
export function TagDialog({ tag, onClose }: TagDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [values, setValues] = useState<TagInput>({
    name: tag?.name ?? '',
    color: tag?.color ?? 'slate',
    icon: tag?.icon ?? 'tag',
    warns: tag?.warns ?? false,
  });
  const set = (change: Partial<TagInput>): void => {
    setValues((before) => ({ ...before, ...change }));
  };
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      if (tag === undefined) await api('POST /tags', { body: values });
      else
        await api('PATCH /tags/{id}', {
          params: { id: tag.id },
          body: values,
          headers: ifMatch(tag.version),
        });
    }, refreshTagged);
    if (isSaved) onClose();
  };
  const isRenamed = tag !== undefined && values.name.trim() !== tag.name && tag.clients > 0;
  return (
    <FormDialog
      label={tag === undefined ? t`Nova etiqueta` : t`Alterar etiqueta`}
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
        hint={isRenamed ? <RenameNote clients={tag.clients} /> : undefined}
        value={values.name}
        onChange={(event) => {
          set({ name: event.target.value });
        }}
      />
      <LookFields values={values} onChange={set} />
      <Check
        label={t`Avisar`}
        hint={t`Aparece na lista e no alto da ficha, antes das outras.`}
        checked={values.warns}
        onChange={(warns) => {
          set({ warns });
        }}
      />
      {values.name.trim() !== '' && (
        <p>
          <TagChip tag={{ ...values, name: values.name.trim() }} />
        </p>
      )}
    </FormDialog>
  );
}

const RenameNote = ({ clients }: { readonly clients: number }) => (
  <Plural value={clients} one="# cliente passa a ter o novo nome." other="# clientes passam a ter o novo nome." />
);

interface LookFieldsProps {
  readonly values: TagInput;
  readonly onChange: (change: Partial<TagInput>) => void;
}

function LookFields({ values, onChange }: LookFieldsProps) {
  const { t } = useLingui();
  const colors: Readonly<Record<TagColor, string>> = {
    slate: t`Cinza`,
    teal: t`Verde-água`,
    indigo: t`Índigo`,
    green: t`Verde`,
    amber: t`Âmbar`,
    rose: t`Rosa`,
  };
  const icons: Readonly<Record<TagIcon, string>> = {
    tag: t`Etiqueta`,
    alert: t`Alerta`,
    droplet: t`Gota`,
    pill: t`Comprimido`,
    baby: t`Bebê`,
    heart: t`Coração`,
    shoe: t`Calçado`,
    star: t`Estrela`,
  };
  return (
    <Row>
      <SelectField
        label={t`Cor`}
        value={values.color}
        onChange={(event) => {
          onChange({ color: event.target.value as TagColor });
        }}
      >
        {Object.entries(colors).map(([color, name]) => (
          <option key={color} value={color}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t`Ícone`}
        value={values.icon}
        onChange={(event) => {
          onChange({ icon: event.target.value as TagIcon });
        }}
      >
        {Object.entries(icons).map(([icon, name]) => (
          <option key={icon} value={icon}>
            {name}
          </option>
        ))}
      </SelectField>
    </Row>
  );
}
