import styles from './list.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ResponseOf } from '../../../shared/api-client.ts';
import { may } from '../../../shared/permissions.ts';
import { toLocalDate } from '../../../shared/zoned-time.ts';
import { api } from '../../lib/api.ts';
import { formatMoment, today } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { usePeopleWithHours } from './people-with-hours.ts';
import { Row } from './settings-layout.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useSave } from '../../lib/use-save.ts';

interface AbsenceDialogProps {
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

type Entered = ResponseOf<'POST /time-off'>;

/** Enters an absence, and then lists the appointments that are in its way. */
export function AbsenceDialog({ onSaved, onClose }: AbsenceDialogProps) {
  const { t } = useLingui();
  const { role } = useMe();
  const people = usePeopleWithHours();
  const { isBusy, errors, save } = useSave();
  const day = today(useClinicTimeZone());
  const [chosen, setChosen] = useState<string>();
  // The people may arrive after the dialog has opened. An empty text stands for the whole clinic.
  const who = chosen ?? people[0]?.id;
  const [values, setValues] = useState({ fromDay: day, fromTime: '00:00', toDay: day, toTime: '23:59', reason: '' });
  const [entered, setEntered] = useState<Entered>();
  const send = async (): Promise<void> => {
    if (who === undefined) return;
    await save(async () => {
      const { fromDay, fromTime, toDay, toTime, reason } = values;
      const body = {
        professionalId: who === '' ? null : who,
        localStart: `${fromDay}T${fromTime}`,
        localEnd: `${toDay}T${toTime}`,
        ...(reason.trim() !== '' && { reason: reason.trim() }),
      };
      const answer = await api('POST /time-off', { body });
      onSaved();
      if (answer.body.inTheWay.length === 0) onClose();
      else setEntered(answer.body);
    });
  };
  if (entered !== undefined) return <InTheWay entered={entered} onClose={onClose} />;
  const field = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (event: { target: { value: string } }) => {
      setValues((before) => ({ ...before, [name]: event.target.value }));
    },
  });
  return (
    <FormDialog
      label={t`Nova ausência`}
      isBusy={isBusy}
      failure={Object.values(errors)[0]}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <SelectField
        label={t`Quem`}
        value={who}
        onChange={(event) => {
          setChosen(event.target.value);
        }}
      >
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {may(role, 'clinic.manage') && <option value="">{t`Toda a clínica`}</option>}
      </SelectField>
      <Row>
        <TextField label={t`De`} type="date" {...field('fromDay')} />
        <TextField label={t`Hora de início`} type="time" {...field('fromTime')} />
      </Row>
      <Row>
        <TextField label={t`Até`} type="date" min={values.fromDay} {...field('toDay')} />
        <TextField label={t`Hora do fim`} type="time" {...field('toTime')} />
      </Row>
      <TextField label={t`Motivo`} optional maxLength={200} {...field('reason')} />
    </FormDialog>
  );
}

function InTheWay({ entered, onClose }: { readonly entered: Entered; readonly onClose: () => void }) {
  const { t } = useLingui();
  const timeZone = useClinicTimeZone();
  return (
    <Dialog
      label={t`Há atendimentos neste tempo`}
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          <Trans>Entendi</Trans>
        </Button>
      }
    >
      <p>
        <Plural
          value={entered.inTheWay.length}
          one="A ausência está marcada. Falta resolver # atendimento:"
          other="A ausência está marcada. Falta resolver # atendimentos:"
        />
      </p>
      <ul className={styles['list']}>
        {entered.inTheWay.map(({ id, startAt }) => (
          <li key={id} className={styles['row']}>
            <Link
              to="/agenda"
              search={{ dia: toLocalDate(new Date(startAt), timeZone), atendimento: id }}
              target="_blank"
            >
              {formatMoment(startAt, timeZone)}
            </Link>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
