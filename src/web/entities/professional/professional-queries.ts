import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ResponseOf } from '../../../shared/api-client.ts';
import { may } from '../../../shared/permissions.ts';
import { api } from '../../lib/api.ts';
import { fullName } from '../../lib/format.ts';
import { queryClient } from '../../lib/query.ts';

export const professionalsKey = ['professionals'] as const;

type People = ResponseOf<'GET /professionals'>['items'];

/** Everybody of the clinic, by name. */
export const professionalsQuery = queryOptions({
  queryKey: professionalsKey,
  queryFn: async ({ signal }): Promise<People> => (await api('GET /professionals', { signal })).body.items,
});

/** Reads everything about the clinic's people again; also after a refusal, because others may have changed them. */
export const refreshProfessionals = (): Promise<void> => queryClient.invalidateQueries({ queryKey: professionalsKey });

interface AskOptions {
  /** False where the name is not shown, so that nothing is asked. */
  readonly enabled?: boolean;
}

/** Finds people's names by id; undefined for somebody unknown, and while loading. */
export function useProfessionalNames({ enabled = true }: AskOptions = {}): (id: string) => string | undefined {
  const { data = [] } = useQuery({ ...professionalsQuery, enabled });
  return (id) => {
    const found = data.find((professional) => professional.id === id);
    return found && fullName(found);
  };
}

/** Those who may have clients: active, and with the right to treat. */
export function useProfessionalsWithClients(): People {
  const { data = [] } = useQuery(professionalsQuery);
  return data.filter(({ active, role }) => active && may(role, 'clients.treat'));
}
