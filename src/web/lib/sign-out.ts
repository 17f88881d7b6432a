import { ApiError, quietApi } from './api.ts';
import { queryClient } from './query.ts';
import { forgetSession } from './session.ts';

/** Ends this device's session and leaves nothing personal behind. Rejects when the server can't be reached. */
export async function signOut(): Promise<void> {
  try {
    await quietApi('DELETE /auth/sessions/current');
  } catch (error) {
    // A session that is over already is what was wanted.
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
  await forgetSession();
  queryClient.clear();
}
