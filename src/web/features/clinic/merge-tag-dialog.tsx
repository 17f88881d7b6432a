import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClinicTag } from '../../../shared/contracts/tags.ts';
import { tagsQuery } from '../../entities/tag/tag-queries.ts';
import { api } from '../../lib/api.ts';
import { SelectField } from '../../ui/field.tsx';
import { refreshTagged } from './refresh-tags.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useSave } from '../../lib/use-save.ts';

interface MergeTagDialogProps {
  readonly tag: ClinicTag;
  readonly onClose: () => void;
}

/** Gives all clients of a tag another one instead. */
export function MergeTagDialog({ tag, onClose }: MergeTagDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const { data = [] } = useQuery(tagsQuery);
  const [into, setInto] = useState('');
  const { name, clients } = tag;
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      await api('POST /tags/{id}/merge', { params: { id: tag.id }, body: { into } });
      await refreshTagged();
    });
    if (isSaved) onClose();
  };
  return (
    <FormDialog
      label={t`Unir “${name}” a outra etiqueta`}
      isBusy={isBusy}
      failure={errors[''] ?? (into === '' ? undefined : errors['into'])}
      action={<Trans>Unir</Trans>}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <SelectField
        label={t`Etiqueta que fica`}
        data-autofocus=""
        error={into === '' ? errors['into'] : undefined}
        value={into}
        onChange={(event) => {
          setInto(event.target.value);
        }}
      >
        <option value="">{t`Escolha`}</option>
        {data
          .filter(({ id }) => id !== tag.id)
          .map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
      </SelectField>
      <p>
        <Plural
          value={clients}
          _0="Nenhum cliente tem esta etiqueta: ela só deixa de existir."
          one="# cliente passa a ter a outra, e esta deixa de existir."
          other="# clientes passam a ter a outra, e esta deixa de existir."
        />
      </p>
    </FormDialog>
  );
}
