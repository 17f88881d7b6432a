import './choice-card.css';
import type { ReactNode } from 'react';

interface CheckCardProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

/** A checkbox in a card, for a choice that needs more than a word. */
export const CheckCard = ({ checked, onChange, children }: CheckCardProps) => (
  <label className="choice-card">
    <input
      type="checkbox"
      checked={checked}
      onChange={(event) => {
        onChange(event.target.checked);
      }}
    />
    {children}
  </label>
);
