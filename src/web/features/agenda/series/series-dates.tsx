import styles from './series-dates.module.css';
import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { SeriesDate } from '../../../../shared/contracts/agenda/series.ts';
import { toInstant } from '../../../../shared/zoned-time.ts';
import { formatMoment, formatTime } from '../../../lib/format.ts';
import { toWallTime } from '../../../lib/wall-time.ts';
import { Select } from '../../../ui/field.tsx';
import { nameDay } from '../day-words.ts';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { type Choices, listOffers } from './series-choices.ts';

interface SeriesDatesProps {
  readonly dates: readonly SeriesDate[];
  readonly choices: Choices;
  /** What leaving a date out means: it is not booked, or it is canceled. */
  readonly skip: string;
  readonly onChoose: (date: string, choice: string) => void;
}

/** Every date of a series with its state; what to do with those that are not free is chosen one by one. */
export function SeriesDates({ dates, choices, skip, onChoose }: SeriesDatesProps) {
  return (
    <ul className={styles['dates']}>
      {dates.map((date) => (
        <DateRow
          key={date.date}
          date={date}
          choice={choices[date.date]}
          skip={skip}
          onChoose={(choice) => {
            onChoose(date.date, choice);
          }}
        />
      ))}
    </ul>
  );
}

interface DateRowProps {
  readonly date: SeriesDate;
  readonly choice: string | undefined;
  readonly skip: string;
  readonly onChoose: (choice: string) => void;
}

function DateRow({ date, choice, skip, onChoose }: DateRowProps) {
  const { t } = useLingui();
  const { timeZone } = useAgendaFrame();
  const { startAt, state } = date;
  const states: Readonly<Record<SeriesDate['state'], string>> = {
    free: t`livre`,
    conflict: t`ocupado`,
    holiday: t`feriado`,
    absent: t`ausência`,
    closed: t`fechado`,
    missing: t`não existe neste mês`,
  };
  return (
    <li className={styles['date']} data-state={state}>
      {state === 'free' ? (
        <IconCheck size="1.25rem" aria-hidden="true" />
      ) : (
        <IconAlertTriangle size="1.25rem" aria-hidden="true" />
      )}
      <span className={styles['words']}>
        <span className="tabular">
          {nameDay(date.date)}
          {state !== 'missing' && `, ${formatTime(startAt, timeZone)}`}
        </span>
        <span className={styles['state']}>{states[state]}</span>
      </span>
      {state !== 'free' && <DateChoice date={date} choice={choice} skip={skip} onChoose={onChoose} />}
    </li>
  );
}

/** Another time for a date: the nearest free one, its own although the clinic is closed, any other one, or none. */
function DateChoice({ date, choice = 'skip', skip, onChoose }: DateRowProps) {
  const { t } = useLingui();
  const { timeZone } = useAgendaFrame();
  const offers = listOffers(date);
  const [isTyped, setTyped] = useState(false);
  const words = (start: string): string =>
    start === date.startAt ? t`Manter assim mesmo` : formatMoment(start, timeZone);
  const day = nameDay(date.date);
  const isOther = isTyped || (choice !== 'skip' && !offers.includes(choice));
  return (
    <span className={styles['choice']}>
      <Select
        aria-label={t`O que fazer em ${day}`}
        value={isOther ? 'other' : choice}
        onChange={({ target: { value } }) => {
          setTyped(value === 'other');
          onChoose(value === 'other' ? (date.nearest ?? date.startAt) : value);
        }}
      >
        {offers.map((start) => (
          <option key={start} value={start}>
            {words(start)}
          </option>
        ))}
        <option value="other">{t`Outro horário…`}</option>
        <option value="skip">{skip}</option>
      </Select>
      {isOther && (
        <input
          type="datetime-local"
          className="field-input"
          aria-label={t`Outro horário em ${day}`}
          step={300}
          value={toWallTime(choice === 'skip' ? date.startAt : choice, timeZone)}
          onChange={({ target: { value } }) => {
            if (value !== '') onChoose(toInstant(value, timeZone).toISOString());
          }}
        />
      )}
    </span>
  );
}
