import { queryOptions } from '@tanstack/react-query';
import type { MessageTemplate } from '../../../shared/contracts/message-templates.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';

/** The clinic's own messages, by name. */
export const templatesQuery = queryOptions({
  queryKey: ['message-templates'],
  queryFn: async ({ signal }): Promise<readonly MessageTemplate[]> =>
    (await api('GET /message-templates', { signal })).body.items,
  staleTime: 5 * 60_000,
});

export const refreshTemplates = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: templatesQuery.queryKey });
