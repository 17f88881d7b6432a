import styles from './hours.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Button, IconButton } from '../../ui/button.tsx';

export interface Window {
  readonly from: string;
  readonly to: string;
}

interface WindowsFieldProps {
  /** What the windows belong to, such as “Segunda-feira”. */
  readonly name: string;
  readonly windows: readonly Window[];
  readonly onChange: (windows: readonly Window[]) => void;
}

/** The browser's field knows no 24:00: midnight as an end is shown as 00:00. */
const shown = (time: string): string => (time === '24:00' ? '00:00' : time);
const toEnd = (time: string): string => (time === '00:00' ? '24:00' : time);

/** The next window that makes sense after those that are there. */
function suggest(windows: readonly Window[]): Window {
  const last = windows.at(-1)?.to ?? '';
  if (last === '') return { from: '08:00', to: '12:00' };
  return last < '13:00' ? { from: '13:00', to: '18:00' } : { from: last, to: '24:00' };
}

/** The hours of one day: several windows, or none. */
export function WindowsField({ name, windows, onChange }: WindowsFieldProps) {
  const { t } = useLingui();
  const change = (index: number, part: Partial<Window>): void => {
    onChange(windows.map((window, at) => (at === index ? { ...window, ...part } : window)));
  };
  return (
    <div className={styles['windows']}>
      {windows.length === 0 && (
        <span className={styles['closed']}>
          <Trans>Fechado</Trans>
        </span>
      )}
      {windows.map((window, index) => (
        <span key={index} className={styles['window']}>
          <input
            type="time"
            step={300}
            className="field-input"
            aria-label={t`${name}, de`}
            value={window.from}
            onChange={(event) => {
              change(index, { from: event.target.value });
            }}
          />
          <span aria-hidden="true">–</span>
          <input
            type="time"
            step={300}
            className="field-input"
            aria-label={t`${name}, até`}
            value={shown(window.to)}
            onChange={(event) => {
              change(index, { to: toEnd(event.target.value) });
            }}
          />
          <IconButton
            label={t`Tirar este horário de ${name}`}
            icon={<IconTrash size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              onChange(windows.filter((_, at) => at !== index));
            }}
          />
        </span>
      ))}
      <Button
        variant="quiet"
        icon={<IconPlus size="1.125rem" aria-hidden="true" />}
        aria-label={t`Incluir horário em ${name}`}
        onClick={() => {
          onChange([...windows, suggest(windows)]);
        }}
      >
        <Trans>Horário</Trans>
      </Button>
    </div>
  );
}
