import type { ReactNode } from 'react';
import { ButtonLink } from '../../ui/button.tsx';

interface ToStartProps {
  readonly variant?: 'primary' | 'secondary';
  readonly children: ReactNode;
}

/** Leads back to the choice of a file. `exact`: on an import's page, below that address, it is not the current link. */
export const ToStart = ({ variant = 'secondary', children }: ToStartProps) => (
  <ButtonLink to="/importar" activeOptions={{ exact: true }} variant={variant}>
    {children}
  </ButtonLink>
);
