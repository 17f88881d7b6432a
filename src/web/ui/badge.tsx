import './badge.css';
import type { ReactNode } from 'react';

interface BadgeProps {
  readonly tone?: 'neutral' | 'accent' | 'success' | 'warning';
  /** `small` beside a name. */
  readonly size?: 'normal' | 'small';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A word or two about what it stands beside. The colour never says it alone. */
export const Badge = ({ tone = 'neutral', size = 'normal', icon, children }: BadgeProps) => (
  <span className="badge" data-tone={tone} data-size={size}>
    {icon}
    {children}
  </span>
);
