import { queryOptions } from '@tanstack/react-query';
import type { Relative } from '../../../../shared/contracts/relatives.ts';
import { clientKeys } from '../../../entities/client/client-queries.ts';
import { api } from '../../../lib/api.ts';
import { queryClient } from '../../../lib/query.ts';

/** Who is family of a client, as far as the person may see them. */
export const relativesQuery = (id: string) =>
  queryOptions({
    queryKey: [...clientKeys.relatives, id],
    queryFn: async ({ signal }): Promise<readonly Relative[]> =>
      (await api('GET /clients/{id}/relatives', { params: { id }, signal })).body.items,
  });

/** Reads the families of all clients again: a link is on two cards. */
export const refreshRelatives = (): Promise<void> => queryClient.invalidateQueries({ queryKey: clientKeys.relatives });
