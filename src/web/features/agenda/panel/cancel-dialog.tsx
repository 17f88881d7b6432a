import styles from './dialog-form.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceCard } from '../../../ui/choice-card.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useStatusChange } from './use-status-change.tsx';

/** Asks who wants to cancel, why, and whether a makeup is owed. */
export function CancelDialog({
  appointment,
  onClose,
}: {
  readonly appointment: Appointment;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { change, isBusy, dialog } = useStatusChange();
  const [askedBy, setAskedBy] = useState<'client' | 'clinic'>('client');
  const [reason, setReason] = useState('');
  const [owesMakeup, setOwesMakeup] = useState(false);
  const cancel = async (): Promise<void> => {
    const why = reason.trim() === '' ? {} : { reason: reason.trim() };
    if (await change(appointment, { to: 'canceled', askedBy, ...why, ...(owesMakeup && { owesMakeup }) })) onClose();
  };
  return (
    <Dialog
      label={t`Cancelar o atendimento`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Voltar</Trans>
          </Button>
          <Button variant="danger" busy={isBusy} onClick={() => void cancel()}>
            <Trans>Cancelar atendimento</Trans>
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <fieldset className={styles['pair']}>
          <legend>{t`Quem pediu`}</legend>
          <ChoiceCard
            name="asked"
            checked={askedBy === 'client'}
            onChoose={() => {
              setAskedBy('client');
            }}
          >
            {t`O cliente`}
          </ChoiceCard>
          <ChoiceCard
            name="asked"
            checked={askedBy === 'clinic'}
            onChoose={() => {
              setAskedBy('clinic');
            }}
          >
            {t`A clínica`}
          </ChoiceCard>
        </fieldset>
        <TextField
          label={t`Motivo`}
          optional
          maxLength={300}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
        <label className={styles['check']}>
          <input
            type="checkbox"
            checked={owesMakeup}
            onChange={(event) => {
              setOwesMakeup(event.target.checked);
            }}
          />
          {t`Fica uma reposição a marcar`}
        </label>
      </div>
      {dialog}
    </Dialog>
  );
}
