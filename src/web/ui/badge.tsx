import './badge.css';
import type { ReactNode } from 'react';

interface BadgeProps {
  readonly tone?: 'neutral' | 'accent' | 'success' | 'warning';
  /** `small` beside a name. */
  readonly size?: 'normal' | 'small';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** One or two words about the thing beside it. The words say everything; the colour only supports them. */
export const Badge = ({ tone = 'neutral', size = 'normal', icon, children }: BadgeProps) => (
  <span className="badge" data-tone={tone} data-size={size}>
    {icon}
    {children}
  </span>
);
