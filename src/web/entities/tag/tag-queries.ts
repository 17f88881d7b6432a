import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ClinicTag } from '../../../shared/contracts/tags.ts';
import { api, quietApi } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';

const tagsQueryBy = (ask: typeof api) =>
  queryOptions({
    queryKey: ['tags'],
    queryFn: async ({ signal }): Promise<readonly ClinicTag[]> => (await ask('GET /tags', { signal })).body.items,
    staleTime: 5 * 60_000,
  });

/** The clinic's tags: those that warn first, then by name. */
export const tagsQuery = tagsQueryBy(api);

/** Requests the tags while a page is still loading. Rejects without a session. */
export const prefetchTags = (): Promise<unknown> => queryClient.query(tagsQueryBy(quietApi));

export const refreshTags = (): Promise<void> => queryClient.invalidateQueries({ queryKey: tagsQuery.queryKey });

export type TagLook = Pick<ClinicTag, 'name' | 'color' | 'icon' | 'warns'>;

/** How tags look, those that warn first. Tags that are not known (yet) look plain. */
export function useTagLooks(names: readonly string[]): readonly TagLook[] {
  const { data } = useQuery(tagsQuery);
  return useMemo(() => {
    const known = new Map(data?.map((tag) => [tag.name, tag]));
    const looks = names.map((name): TagLook => known.get(name) ?? { name, color: 'slate', icon: 'tag', warns: false });
    return [...looks.filter(({ warns }) => warns), ...looks.filter(({ warns }) => !warns)];
  }, [data, names]);
}
