import './choice-card.css';
import type { ReactNode } from 'react';

interface ChoiceCardProps {
  /** The same for all cards of one choice. */
  readonly name: string;
  readonly value?: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  /** Takes the whole row where cards stand side by side. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A radio button in a card, for choices that need more than a word each. */
export const ChoiceCard = ({ name, value, checked, onChoose, wide, children }: ChoiceCardProps) => (
  <label className="choice-card" data-wide={wide === true ? '' : undefined}>
    <input type="radio" name={name} value={value} checked={checked} onChange={onChoose} />
    {children}
  </label>
);
