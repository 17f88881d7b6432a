import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { isSameSelection, type ListFilters, readListFilters } from './list-filters.ts';

interface ListAddress {
  readonly filters: ListFilters;
  /** Changes the filters. Back undoes a filter, but not single letters of the search, nor the order. */
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
      const replace = isSameSelection(filters, readListFilters(next));
      void navigate({ to: '/clientes', search: readListFilters(next), replace, resetScroll: false });
    },
  };
}
