import { Trans, useLingui } from '@lingui/react/macro';
import type { MessageTemplate } from '../../../shared/contracts/message-templates.ts';
import { refreshTemplates } from '../../entities/message-template/template-queries.ts';
import { api } from '../../lib/api.ts';
import { ifMatch } from '../../lib/if-match.ts';
import { useSave } from '../../lib/use-save.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface DeleteMessageDialogProps {
  readonly template: MessageTemplate;
  readonly onClose: () => void;
}

/** Deletes one of the clinic's messages, once somebody has said so. */
export function DeleteMessageDialog({ template: { id, name, version }, onClose }: DeleteMessageDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const send = async (): Promise<void> => {
    const isSaved = await save(
      () => api('DELETE /message-templates/{id}', { params: { id }, headers: ifMatch(version) }),
      refreshTemplates,
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
        <Trans>Ela sai da lista de mensagens de toda a equipe. O que já foi enviado não muda.</Trans>
      </p>
    </FormDialog>
  );
}
