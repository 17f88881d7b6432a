import styles from './booking-dialog.module.css';
import { useLingui } from '@lingui/react/macro';
import { SelectField } from '../../../ui/field.tsx';
import { describeLength } from '../appointment-words.ts';
import type { AgendaFrame } from '../use-agenda-frame.ts';

interface TypeAndLengthProps {
  readonly frame: AgendaFrame;
  readonly visitType: string | undefined;
  readonly durationMinutes: number | undefined;
  readonly onChange: (change: { visitType?: string; durationMinutes?: number | undefined }) => void;
}

const lengths = [10, 15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 120, 150, 180, 240];

/** The kind of visit, and how long it takes: what the kind says, unless somebody says otherwise. */
export function TypeAndLength({ frame: { types }, visitType, durationMinutes, onChange }: TypeAndLengthProps) {
  const { t } = useLingui();
  const usual = types.find(({ key }) => key === visitType)?.minutes;
  const minutes = durationMinutes ?? usual ?? 30;
  const choices = lengths.includes(minutes) ? lengths : [...lengths, minutes].sort((one, other) => one - other);
  return (
    <div className={styles['pair']}>
      <SelectField
        label={t`Tipo`}
        value={visitType}
        onChange={(event) => {
          onChange({ visitType: event.target.value, durationMinutes: undefined });
        }}
      >
        {types
          .filter(({ active, key }) => active || key === visitType)
          .map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
      </SelectField>
      <SelectField
        label={t`Duração`}
        value={minutes}
        onChange={(event) => {
          onChange({ durationMinutes: Number(event.target.value) });
        }}
      >
        {choices.map((each) => (
          <option key={each} value={each}>
            {describeLength(each)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
