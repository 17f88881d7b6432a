import { queryOptions } from '@tanstack/react-query';
import type { PrivacySettings } from '../../../shared/contracts/policies.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';

interface VersionedPrivacy {
  readonly settings: PrivacySettings;
  readonly etag: string;
}

/** Who answers for the clinic's data, and whom people may ask. */
export const privacyQuery = queryOptions({
  queryKey: ['clinic', 'privacy'],
  queryFn: async ({ signal }): Promise<VersionedPrivacy> => {
    const { body, etag } = await api('GET /privacy-settings', { signal });
    return { settings: body, etag: etag ?? '' };
  },
});

export const refreshPrivacy = (): Promise<void> => queryClient.invalidateQueries({ queryKey: privacyQuery.queryKey });
