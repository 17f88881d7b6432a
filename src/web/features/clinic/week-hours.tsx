import styles from './hours.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Hours } from '../../../shared/contracts/agenda/availability.ts';
import { Button } from '../../ui/button.tsx';
import { WindowsField } from './windows-field.tsx';

type Weekly = Hours['weekly'];

interface WeekHoursProps {
  readonly weekly: Weekly;
  readonly onChange: (weekly: Weekly) => void;
}

/** The windows of each weekday. */
export function WeekHours({ weekly, onChange }: WeekHoursProps) {
  const { t } = useLingui();
  const names = [t`Segunda`, t`Terça`, t`Quarta`, t`Quinta`, t`Sexta`, t`Sábado`, t`Domingo`];
  const windowsOf = (weekday: number): Weekly => weekly.filter((window) => window.weekday === weekday);
  const monday = windowsOf(1);
  return (
    <>
      <ul className={styles['days']}>
        {names.map((name, index) => {
          const weekday = index + 1;
          return (
            <li key={weekday} className={styles['day']}>
              <span className={styles['name']}>{name}</span>
              <WindowsField
                name={name}
                windows={windowsOf(weekday)}
                onChange={(windows) => {
                  const others = weekly.filter((window) => window.weekday !== weekday);
                  onChange([...others, ...windows.map((window) => ({ weekday, from: window.from, to: window.to }))]);
                }}
              />
            </li>
          );
        })}
      </ul>
      {monday.length > 0 && (
        <div>
          <Button
            onClick={() => {
              const weekend = weekly.filter(({ weekday }) => weekday > 5);
              const copies = [1, 2, 3, 4, 5].flatMap((weekday) => monday.map((window) => ({ ...window, weekday })));
              onChange([...copies, ...weekend]);
            }}
          >
            <Trans>Copiar a segunda para terça a sexta</Trans>
          </Button>
        </div>
      )}
    </>
  );
}
