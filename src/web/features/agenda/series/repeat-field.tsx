import styles from '../booking/booking-dialog.module.css';
import { useLingui } from '@lingui/react/macro';
import type { SeriesRule } from '../../../../shared/contracts/agenda/series.ts';
import { SelectField } from '../../../ui/field.tsx';

const rules = {
  weekly: { every: 1, unit: 'week' },
  fortnightly: { every: 2, unit: 'week' },
  monthly: { every: 1, unit: 'month', on: 'day' },
  monthlyWeekday: { every: 1, unit: 'month', on: 'nthWeekday' },
} as const satisfies Readonly<Record<string, SeriesRule>>;

type RuleName = keyof typeof rules;

/** How an appointment repeats; without a count it goes on. */
export interface Repeat {
  readonly rule: RuleName;
  readonly count: number | undefined;
}

export const toRule = ({ rule, count }: Repeat): SeriesRule => ({
  ...rules[rule],
  ...(count !== undefined && { count }),
});

const counts = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 52];

interface RepeatFieldProps {
  readonly repeat: Repeat | undefined;
  readonly onChange: (repeat: Repeat | undefined) => void;
}

/** Whether and how the appointment repeats. */
export function RepeatField({ repeat, onChange }: RepeatFieldProps) {
  const { t } = useLingui();
  const names: Readonly<Record<RuleName, string>> = {
    weekly: t`Toda semana`,
    fortnightly: t`A cada duas semanas`,
    monthly: t`Todo mês, no mesmo dia`,
    monthlyWeekday: t`Todo mês, no mesmo dia da semana`,
  };
  return (
    <div className={styles['pair']}>
      <SelectField
        label={t`Repetir`}
        value={repeat?.rule ?? ''}
        onChange={(event) => {
          const rule = event.target.value;
          onChange(rule === '' ? undefined : { rule: rule as RuleName, count: repeat?.count ?? 10 });
        }}
      >
        <option value="">{t`Não repete`}</option>
        {Object.entries(names).map(([rule, name]) => (
          <option key={rule} value={rule}>
            {name}
          </option>
        ))}
      </SelectField>
      {repeat !== undefined && (
        <SelectField
          label={t`Até quando`}
          value={repeat.count ?? ''}
          onChange={(event) => {
            const { value } = event.target;
            onChange({ ...repeat, count: value === '' ? undefined : Number(value) });
          }}
        >
          {counts.map((count) => (
            <option key={count} value={count}>
              {t`${count} sessões`}
            </option>
          ))}
          <option value="">{t`Sem data para acabar`}</option>
        </SelectField>
      )}
    </div>
  );
}
