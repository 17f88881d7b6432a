import parts from './settings-parts.module.css';
import styles from './switch.module.css';
import { useId } from 'react';
import type { ReactNode } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly hint: ReactNode;
  readonly isOn: boolean;
  readonly disabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** Turns something on or off at once: a checkbox that looks like a switch. */
export function Switch({ label, hint, isOn, disabled = false, onChange }: SwitchProps) {
  const hintId = useId();
  return (
    <div>
      <label className={styles['switch-row']}>
        <span className={styles['switch-label']}>{label}</span>
        <input
          type="checkbox"
          role="switch"
          className={styles['switch-input']}
          checked={isOn}
          disabled={disabled}
          aria-describedby={hintId}
          onChange={(event) => {
            onChange(event.target.checked);
          }}
        />
      </label>
      <p className={parts['settings-note']} id={hintId}>
        {hint}
      </p>
    </div>
  );
}
