import styles from './hours.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Hours } from '../../../shared/contracts/agenda/availability.ts';
import { formatDay } from '../../lib/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { WindowsField } from './windows-field.tsx';

type Exceptions = Hours['exceptions'];

interface ExceptionsProps {
  readonly exceptions: Exceptions;
  readonly onChange: (exceptions: Exceptions) => void;
}

const nameDate = (date: string): string => formatDay(`${date}T12:00:00Z`, 'UTC');

/** Other hours on single dates; without windows the day is closed. */
export function Exceptions({ exceptions, onChange }: ExceptionsProps) {
  const { t } = useLingui();
  const [date, setDate] = useState('');
  const sorted = exceptions.toSorted((one, other) => one.date.localeCompare(other.date));
  const isKnown = exceptions.some((exception) => exception.date === date);
  return (
    <>
      <ul className={styles['days']}>
        {sorted.map((exception) => {
          const name = nameDate(exception.date);
          return (
            <li key={exception.date} className={styles['day']}>
              <span className={styles['name']}>{name}</span>
              <WindowsField
                name={name}
                windows={exception.windows}
                onChange={(windows) => {
                  const others = exceptions.filter((other) => other.date !== exception.date);
                  onChange([...others, { date: exception.date, windows: [...windows] }]);
                }}
              />
              <IconButton
                label={t`Tirar ${name}`}
                icon={<IconX size="1.25rem" aria-hidden="true" />}
                onClick={() => {
                  onChange(exceptions.filter((other) => other.date !== exception.date));
                }}
              />
            </li>
          );
        })}
      </ul>
      <div className={styles['add']}>
        <TextField
          label={t`Outro dia`}
          type="date"
          value={date}
          onChange={(event) => {
            setDate(event.target.value);
          }}
        />
        <Button
          disabled={date === '' || isKnown}
          onClick={() => {
            onChange([...exceptions, { date, windows: [{ from: '08:00', to: '12:00' }] }]);
            setDate('');
          }}
        >
          <Trans>Incluir dia</Trans>
        </Button>
      </div>
    </>
  );
}
