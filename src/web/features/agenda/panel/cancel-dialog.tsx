import styles from './dialog-form.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { Check } from '../../../ui/check.tsx';
import { ChoiceCard } from '../../../ui/choice-card.tsx';
import { TextField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { isInSeries, type Scope } from '../series/change-series.ts';
import { ScopeField } from '../series/scope-field.tsx';
import { useSeriesChange } from '../series/use-series-change.tsx';
import { useStatusChange } from './use-status-change.tsx';
import { WhoseAndWhen } from './whose-and-when.tsx';

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
  const [scope, setScope] = useState<Scope>('one');
  const series = useSeriesChange({ onDone: onClose });
  const cancel = async (): Promise<void> => {
    const why = reason.trim() === '' ? {} : { reason: reason.trim() };
    if (scope !== 'one' && isInSeries(appointment)) {
      await series.send(appointment, scope, { cancel: { askedBy, ...why } });
      return;
    }
    if (await change(appointment, { to: 'canceled', askedBy, ...why, ...(owesMakeup && { owesMakeup }) })) onClose();
  };
  return (
    <FormDialog
      label={t`Cancelar o atendimento`}
      isBusy={isBusy || series.isBusy}
      failure={series.failure}
      action={<Trans>Cancelar atendimento</Trans>}
      variant="danger"
      after={dialog}
      onSubmit={() => void cancel()}
      onClose={onClose}
    >
      <WhoseAndWhen appointment={appointment} />
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
      {scope === 'one' && (
        <Check label={t`Fica uma reposição a marcar`} checked={owesMakeup} onChange={setOwesMakeup} />
      )}
      {isInSeries(appointment) && <ScopeField appointment={appointment} scope={scope} onChoose={setScope} />}
    </FormDialog>
  );
}
