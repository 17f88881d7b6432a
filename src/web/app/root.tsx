import { Outlet } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { useExpiredSession } from '../lib/session.ts';
import { Toaster } from '../ui/toast.tsx';

const ExpiredSession = lazy(async () => ({
  default: (await import('../features/session/expired-session.tsx')).ExpiredSession,
}));

/** The page, the sign-in dialog over it when the session has ended, and toasts. */
export function Root() {
  const problem = useExpiredSession();
  return (
    <>
      <Outlet />
      {problem !== undefined && (
        <Suspense>
          <ExpiredSession problem={problem} />
        </Suspense>
      )}
      <Toaster />
    </>
  );
}
