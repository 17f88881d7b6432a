import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { Refusal } from '../change-appointment.ts';
import { ConflictChoice, type ConflictChoiceProps } from './conflict-choice.tsx';

interface ConflictDialogProps extends Omit<ConflictChoiceProps, 'refusal' | 'isBusy'> {
  readonly refusal: Refusal;
  readonly onClose: () => void;
}

/** Asks what to do about a time that is taken. */
export function ConflictDialog({ onClose, ...choice }: ConflictDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog
      kind="alert"
      role="alertdialog"
      label={t`O horário não está livre`}
      onClose={onClose}
      footer={
        <Button onClick={onClose}>
          <Trans>Deixar como estava</Trans>
        </Button>
      }
    >
      <ConflictChoice {...choice} />
    </Dialog>
  );
}
