import type { ReactNode } from 'react';
import { ButtonLink } from '../../ui/button.tsx';

interface ToStartProps {
  readonly variant?: 'primary' | 'secondary';
  readonly children: ReactNode;
}

/** Back to where a file is chosen. Every import lies below that address, which would make the link the current one. */
export const ToStart = ({ variant = 'secondary', children }: ToStartProps) => (
  <ButtonLink to="/importar" activeOptions={{ exact: true }} variant={variant}>
    {children}
  </ButtonLink>
);
