import styles from './slot-buttons.module.css';
import { formatTime } from '../../../lib/format.ts';
import { toWallTime, dayOf } from '../../../lib/wall-time.ts';
import { Button } from '../../../ui/button.tsx';
import { nameDay } from '../day-words.ts';

interface Slot {
  readonly startAt: string;
  readonly endAt: string;
}

interface SlotButtonsProps<Each extends Slot> {
  readonly label: string;
  readonly slots: readonly Each[];
  readonly timeZone: string;
  /** The start of the chosen one. */
  readonly chosen?: string | undefined;
  readonly onChoose: (slot: Each) => void;
}

/** Free times as buttons, by day. */
export function SlotButtons<Each extends Slot>({ label, slots, timeZone, chosen, onChoose }: SlotButtonsProps<Each>) {
  const days = Map.groupBy(slots, ({ startAt }) => dayOf(toWallTime(startAt, timeZone)));
  return (
    <div className={styles['slots']} role="group" aria-label={label}>
      <p className={styles['label']}>{label}</p>
      {[...days].map(([day, times]) => (
        <div key={day} className={styles['day']}>
          <span className={styles['name']}>{nameDay(day)}</span>
          <span className={styles['times']}>
            {times.map((slot) => {
              const time = formatTime(slot.startAt, timeZone);
              return (
                <Button
                  key={slot.startAt}
                  className={styles['time']}
                  aria-label={`${nameDay(day)}, ${time}`}
                  aria-pressed={chosen === undefined ? undefined : chosen === slot.startAt}
                  onClick={() => {
                    onChoose(slot);
                  }}
                >
                  {time}
                </Button>
              );
            })}
          </span>
        </div>
      ))}
    </div>
  );
}
