import { useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, api } from '../../lib/api.ts';
import { readAppearance } from '../../lib/appearance.ts';
import { failureText } from '../../lib/failure-text.ts';
import { settingsQuery, showSettings } from './settings.ts';
import { toast } from '../../ui/toast.tsx';
import type { Settings } from '../../../shared/contracts/auth.ts';

type Stored = Awaited<ReturnType<NonNullable<typeof settingsQuery.queryFn>>>;

/**
 * Applies a preference at once and saves it on the server. When that fails, the old value returns and a toast says so.
 */
export function useSaveSettings(): (change: Partial<Settings>) => void {
  const { t } = useLingui();
  const client = useQueryClient();
  const save = useMutation({
    // One after another: each change needs the version that the one before it made.
    scope: { id: 'settings' },
    mutationFn: async (change: Partial<Settings>): Promise<Stored> => {
      const known = await client.query({ ...settingsQuery, staleTime: 'static' });
      const { body, etag } = await patch(change, known.etag);
      return { settings: body, etag: etag ?? '' };
    },
    onSuccess: (stored) => {
      client.setQueryData(settingsQuery.queryKey, stored);
    },
  });

  async function patch(change: Partial<Settings>, etag: string) {
    try {
      return await api('PATCH /me/settings', { body: change, headers: { 'if-match': etag } });
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.code !== 'stale') throw error;
      // Changed on another device meanwhile: for this preference the latest choice wins.
      const fresh = await client.query({ ...settingsQuery, staleTime: 0 });
      return api('PATCH /me/settings', { body: change, headers: { 'if-match': fresh.etag } });
    }
  }

  return (change) => {
    const before = readAppearance();
    void showSettings(change);
    // Through the promise: the component that made the choice may be gone before the answer arrives.
    save.mutateAsync(change).catch((error: unknown) => {
      void showSettings(before);
      toast({ message: t`Sua escolha não foi guardada. ${failureText(error)}` });
    });
  };
}
