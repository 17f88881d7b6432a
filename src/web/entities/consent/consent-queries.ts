import { queryOptions } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import type { ConsentText } from '../../../shared/contracts/consents.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';

const consentsKey = ['consents'] as const;

/** The clinic's texts in all their versions, the newest first. */
export const consentTextsQuery = queryOptions({
  queryKey: [...consentsKey, 'texts'],
  queryFn: async ({ signal }): Promise<readonly ConsentText[]> =>
    (await api('GET /consent-texts', { signal })).body.items,
});

/** What was answered for a client, and where they stand with each text. */
export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: [...consentsKey, 'client', id],
    queryFn: async ({ signal }): Promise<ResponseOf<'GET /clients/{id}/consents'>> =>
      (await api('GET /clients/{id}/consents', { params: { id }, signal })).body,
  });

export const refreshConsents = (): Promise<void> => queryClient.invalidateQueries({ queryKey: consentsKey });
