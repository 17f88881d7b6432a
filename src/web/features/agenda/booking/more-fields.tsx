import styles from './booking-dialog.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { mayFor } from '../../../../shared/permissions.ts';
import { useMe } from '../../../lib/me.ts';
import { SelectField, TextAreaField, TextField } from '../../../ui/field.tsx';
import type { AgendaFrame } from '../use-agenda-frame.ts';
import type { BookingValues } from './booking-form.ts';

interface MoreFieldsProps {
  readonly frame: AgendaFrame;
  readonly values: BookingValues;
  readonly professionalId: string | undefined;
  readonly set: (change: Partial<BookingValues>) => void;
}

/** What most bookings do without: room, title, notes. */
export function MoreFields({ frame: { rooms }, values, professionalId, set }: MoreFieldsProps) {
  const { t } = useLingui();
  const me = useMe();
  const person = { ...me, professionalId: me.id };
  const { client } = values;
  const mayNote = mayFor(
    person,
    'agenda.notes',
    professionalId ?? '',
    client?.kind === 'known' ? client.id : undefined,
  );
  return (
    <details className={styles['more']}>
      <summary>
        <Trans>Mais detalhes</Trans>
      </summary>
      <div className={styles['more-fields']}>
        {rooms.length > 0 && (
          <SelectField
            label={t`Sala`}
            optional
            value={values.roomId ?? ''}
            onChange={(event) => {
              set({ roomId: event.target.value === '' ? undefined : event.target.value });
            }}
          >
            <option value="">{t`Escolher na chegada`}</option>
            {rooms
              .filter(({ active }) => active)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </SelectField>
        )}
        <TextField
          label={t`Título`}
          optional
          maxLength={120}
          value={values.title}
          onChange={(event) => {
            set({ title: event.target.value });
          }}
        />
        {mayNote && (
          <TextAreaField
            label={t`Anotações`}
            optional
            hint={t`A recepção não vê.`}
            maxLength={5000}
            value={values.notes}
            onChange={(event) => {
              set({ notes: event.target.value });
            }}
          />
        )}
      </div>
    </details>
  );
}
