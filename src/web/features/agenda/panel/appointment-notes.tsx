import styles from './dialog-form.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { Button } from '../../../ui/button.tsx';
import { TextAreaField } from '../../../ui/field.tsx';
import { patchAppointment } from '../change-appointment.ts';

/** Clinical notes, for those who treat the client. */
export function AppointmentNotes({ appointment }: { readonly appointment: Appointment }) {
  const { t } = useLingui();
  const stored = appointment.notes ?? '';
  const [text, setText] = useState(stored);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const notes = text.trim() === '' ? null : text;
      await patchAppointment(appointment, { notes }, { notes });
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  };
  return (
    <div className={styles['form']}>
      <TextAreaField
        label={t`Anotações`}
        optional
        hint={t`A recepção não vê.`}
        error={failure}
        maxLength={5000}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      {text !== stored && (
        <div className={styles['buttons']}>
          <Button variant="primary" busy={isBusy} onClick={() => void save()}>
            <Trans>Salvar anotações</Trans>
          </Button>
          <Button
            onClick={() => {
              setText(stored);
            }}
          >
            <Trans>Desfazer</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}
