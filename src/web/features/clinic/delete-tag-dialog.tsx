import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ClinicTag } from '../../../shared/contracts/tags.ts';
import { api } from '../../lib/api.ts';
import { ifMatch } from '../../lib/if-match.ts';
import { refreshTagged } from './refresh-tags.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useSave } from '../../lib/use-save.ts';

interface DeleteTagDialogProps {
  readonly tag: ClinicTag;
  readonly onClose: () => void;
}

/** Takes a tag from all clients, once their number was seen. */
export function DeleteTagDialog({ tag, onClose }: DeleteTagDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const { name, clients } = tag;
  const send = async (): Promise<void> => {
    const isSaved = await save(
      () => api('DELETE /tags/{id}', { params: { id: tag.id }, headers: ifMatch(tag.version) }),
      refreshTagged,
    );
    if (isSaved) onClose();
  };
  return (
    <FormDialog
      label={t`Apagar “${name}”?`}
      isBusy={isBusy}
      failure={errors['']}
      action={<Trans>Apagar</Trans>}
      variant="danger"
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <p>
        <Plural
          value={clients}
          _0="Nenhum cliente tem esta etiqueta."
          one="# cliente deixa de ter esta etiqueta. O histórico dele mostra a mudança."
          other="# clientes deixam de ter esta etiqueta. O histórico de cada um mostra a mudança."
        />
      </p>
    </FormDialog>
  );
}
