import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { toast } from '../../ui/toast.tsx';
import { ApiError, quietApi } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { forgetSession } from '../../lib/session.ts';

/** Ends this device's session and leaves nothing personal behind. Rejects when the server can't be reached. */
async function signOut(): Promise<void> {
  try {
    await quietApi('DELETE /auth/sessions/current');
  } catch (error) {
    // The session had ended already: nothing is left to do on the server.
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
  await forgetSession();
  queryClient.clear();
}

/** What “Sair” does: ends the session and opens the sign-in page, or tells why it could not. */
export function useSignOut(): () => Promise<void> {
  const { t } = useLingui();
  const navigate = useNavigate();
  return async () => {
    try {
      await signOut();
      // Does not ask about unsaved text: the session is over, and nothing of it may stay on the page.
      await navigate({ to: '/entrar', ignoreBlocker: true });
    } catch {
      toast({ message: t`Não foi possível sair: sem conexão com o servidor.` });
    }
  };
}
