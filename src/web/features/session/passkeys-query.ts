import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import type { Passkey } from '../../../shared/contracts/auth.ts';

/** This professional's passkeys, oldest first. */
export const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: async ({ signal }): Promise<readonly Passkey[]> => (await api('GET /auth/passkeys', { signal })).body.items,
});

export async function removePasskey(id: string): Promise<void> {
  await api('DELETE /auth/passkeys/{id}', { params: { id } });
}
