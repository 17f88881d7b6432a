import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useChangedFields } from '../../../ui/changed-fields.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useLeaveGuard } from '../../../ui/leave-guard.tsx';
import type { Refusal } from '../change-appointment.ts';
import { ConflictChoice, type ConflictChoiceProps } from './conflict-choice.tsx';

interface ConflictDialogProps extends Omit<ConflictChoiceProps, 'refusal' | 'isBusy'> {
  readonly refusal: Refusal;
  readonly onClose: () => void;
}

/** Asks what to do about a time that is taken. */
export function ConflictDialog({ onClose, ...choice }: ConflictDialogProps) {
  const { t } = useLingui();
  const parts = useId();
  const { leave, question } = useLeaveGuard({ wouldLose: useChangedFields(parts) });
  const close = (): void => {
    leave(onClose);
  };
  return (
    <Dialog
      kind="alert"
      role="alertdialog"
      label={t`O horário não está livre`}
      onClose={close}
      footer={
        <Button onClick={close}>
          <Trans>Deixar como estava</Trans>
        </Button>
      }
    >
      <div id={parts}>
        <ConflictChoice {...choice} />
      </div>
      {question}
    </Dialog>
  );
}
