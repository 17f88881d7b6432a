import { type ReactNode, use } from 'react';
import { Wordmark } from '../ui/mark.tsx';
import { InsideShell } from './inside-shell.ts';

/** Content in place of a page: alone in the window under the logo, or inside the navigation, which has the landmark. */
export function Standalone({ children }: { readonly children: ReactNode }) {
  if (use(InsideShell)) return <div className="standalone">{children}</div>;
  return (
    <main className="standalone">
      <Wordmark size="1.625rem" />
      {children}
    </main>
  );
}
