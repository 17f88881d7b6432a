import parts from './settings-parts.module.css';
import styles from './choice-group.module.css';
import { IconCheck } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A small picture of what the choice does. */
  readonly sample?: ReactNode;
  readonly lang?: string;
}

interface ChoiceGroupProps<Value extends string> {
  readonly label: string;
  readonly name: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
}

/** Chooses one of a few options, all visible: radio buttons that look like cards. */
export function ChoiceGroup<Value extends string>({ label, name, value, choices, onChoose }: ChoiceGroupProps<Value>) {
  return (
    <fieldset className={parts['choices']}>
      <legend className={parts['choices-label']}>{label}</legend>
      <div className={styles['choices-row']} style={{ '--choices': choices.length } as CSSProperties}>
        {choices.map((choice) => (
          <label className={styles['choice']} key={choice.value} lang={choice.lang}>
            <input
              type="radio"
              className={styles['choice-input']}
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => {
                onChoose(choice.value);
              }}
            />
            {choice.sample !== undefined && (
              <span className={styles['choice-sample']} aria-hidden="true">
                {choice.sample}
              </span>
            )}
            <span className={styles['choice-label']}>{choice.label}</span>
            <IconCheck className={styles['choice-check']} size="1.125rem" aria-hidden="true" />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
