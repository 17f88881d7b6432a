import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type ListFilters, readListFilters } from './list-filters.ts';

interface ListAddress {
  readonly filters: ListFilters;
  /** Changes the filters without a new history entry: Back leaves the list instead of undoing single letters. */
  readonly change: (filters: ListFilters) => void;
}

/** The filters of the list. They are stored in the address, so that a reload, a link and Back keep them. */
export function useListAddress(): ListAddress {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const filters = useMemo(() => readListFilters(search), [search]);
  return {
    filters,
    change: (next) => {
      void navigate({ to: '/clientes', search: readListFilters(next), replace: true, resetScroll: false });
    },
  };
}
