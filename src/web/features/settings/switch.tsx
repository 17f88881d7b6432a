import { useId } from 'react';
import type { ReactNode } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly hint: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** On or off, at once: a native checkbox dressed as a switch. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  const hintId = useId();
  return (
    <div className="switch">
      <label className="switch-row">
        <span className="switch-label">{label}</span>
        <input
          type="checkbox"
          role="switch"
          className="switch-input"
          checked={isOn}
          aria-describedby={hintId}
          onChange={(event) => {
            onChange(event.target.checked);
          }}
        />
      </label>
      <p className="settings-note" id={hintId}>
        {hint}
      </p>
    </div>
  );
}
