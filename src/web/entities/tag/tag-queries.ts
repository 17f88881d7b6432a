import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ClinicTag } from '../../../shared/contracts/tags.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';

/** The clinic's tags: those that warn first, then by name. */
export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async ({ signal }): Promise<readonly ClinicTag[]> => (await api('GET /tags', { signal })).body.items,
  staleTime: 5 * 60_000,
});

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
