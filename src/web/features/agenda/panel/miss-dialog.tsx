import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { Check } from '../../../ui/check.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useStatusChange } from './use-status-change.tsx';
import { WhoseAndWhen } from './whose-and-when.tsx';

interface MissDialogProps {
  readonly appointment: Appointment;
  readonly onClose: () => void;
}

/** Notes that the client did not come, and whether a makeup is owed. */
export function MissDialog({ appointment, onClose }: MissDialogProps) {
  const { t } = useLingui();
  const { change, isBusy, dialog } = useStatusChange();
  const [owesMakeup, setOwesMakeup] = useState(false);
  const miss = async (): Promise<void> => {
    if (await change(appointment, { to: 'noShow', ...(owesMakeup && { owesMakeup }) })) onClose();
  };
  return (
    <FormDialog
      label={t`O cliente faltou`}
      isBusy={isBusy}
      action={<Trans>Anotar a falta</Trans>}
      after={dialog}
      onSubmit={() => void miss()}
      onClose={onClose}
    >
      <WhoseAndWhen appointment={appointment} />
      <Check label={t`Fica uma reposição a marcar`} checked={owesMakeup} onChange={setOwesMakeup} />
    </FormDialog>
  );
}
