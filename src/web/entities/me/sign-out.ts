import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { toast } from '../../ui/toast.tsx';
import { ApiError, endOwnSession } from '../../lib/api.ts';
import { noteSignOutPending } from '../../lib/pending-sign-out.ts';
import { queryClient } from '../../lib/query.ts';
import { forgetSession } from '../../lib/session.ts';

/**
 * Ends this device's session and leaves nothing personal behind. Without a connection the device forgets the person all the
 * same; the server is told later. @returns whether the server knows already
 */
async function signOut(): Promise<boolean> {
  let isToldNow = true;
  try {
    await endOwnSession();
  } catch (error) {
    // 401: the session had ended already, and nothing is left to do on the server.
    isToldNow = error instanceof ApiError && error.status === 401;
    if (!isToldNow) noteSignOutPending();
  }
  await forgetSession();
  queryClient.clear();
  return isToldNow;
}

/** What “Sair” does: ends the session and opens the sign-in page, with a connection or without. */
export function useSignOut(): () => Promise<void> {
  const { t } = useLingui();
  const navigate = useNavigate();
  return async () => {
    const isToldNow = await signOut();
    // Does not ask about unsaved text: the session is over, and nothing of it may stay on the page.
    await navigate({ to: '/entrar', ignoreBlocker: true });
    if (!isToldNow)
      toast({
        message: t`Você saiu, e este aparelho não guarda mais nada. O servidor fica sabendo quando a internet voltar.`,
      });
  };
}
