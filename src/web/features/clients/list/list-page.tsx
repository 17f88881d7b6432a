import listToolbar from './list-toolbar.module.css';
import styles from './list-page.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { IconUserPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { currentLanguage } from '../../../lib/i18n.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { useIsPhone } from '../../../ui/screen.ts';
import { FailureState } from '../../../ui/states.tsx';
import { ActiveFilters } from './active-filters.tsx';
import { CoveredList, useCoveringCard, useReturnToRow } from './covered-list.tsx';
import { clientListQuery } from './list-queries.ts';
import { ClientRows } from './client-rows.tsx';
import { FilterPanel, FilterToggle, SortSelect } from './filter-panel.tsx';
import { NoClients } from './list-empty.tsx';
import { ListMenu } from './list-menu.tsx';
import { ListNotice } from './list-notice.tsx';
import { DensityToggle } from './density-toggle.tsx';
import { useDensity } from './density.ts';
import { useListShortcuts } from './list-shortcuts.ts';
import { countFilters, readListFilters } from './list-filters.ts';
import { PrintedList } from './printed-list.tsx';
import { RecentClients } from './recent-clients.tsx';
import { SearchBox } from './search-box.tsx';
import { SelectionArea } from './selection/selection-area.tsx';
import { SelectionProvider } from './selection/selection-context.tsx';
import { useListAddress } from './use-list-address.ts';
import { useLiveClients } from './use-live-clients.ts';

/** The home page: all clients, with a search. A client's card opens over it. */
export function ClientListPage() {
  const { isCovered, cardId } = useCoveringCard();
  useLiveClients();
  return (
    <>
      {isCovered ? <CoveredList cardId={cardId} /> : <ClientList cardId={cardId} />}
      <Outlet />
    </>
  );
}

/** `cardId`: whose card covered the list at first; none when the page began with the list. */
function ClientList({ cardId }: { readonly cardId: string | undefined }) {
  const { t } = useLingui();
  const { filters, change } = useListAddress();
  const [isFiltering, setFiltering] = useState(false);
  const list = useClientList();
  useListShortcuts();
  const query = filters.q ?? '';
  useTopOnNewResults(query);
  useReturnToRow(cardId, list.data !== undefined);
  return (
    <Page
      title={t`Clientes`}
      width="whole"
      actions={<ListMenu filters={filters} />}
      primary={
        <ButtonLink
          to="/clientes/novo"
          state={{ isOverList: true }}
          variant="primary"
          icon={<IconUserPlus size="1.25rem" aria-hidden="true" />}
        >
          <Trans>Novo cliente</Trans>
        </ButtonLink>
      }
      toolbar={
        <search className={listToolbar['client-toolbar']}>
          <SearchBox
            query={query}
            isBusy={list.isFetching && !list.isFetchingNextPage}
            onSearch={(q) => {
              change({ ...filters, q });
            }}
            onLeave={focusFirstRow}
          />
          <FilterToggle
            filters={filters}
            isOpen={isFiltering}
            onToggle={() => {
              setFiltering(!isFiltering);
            }}
          />
        </search>
      }
    >
      {isFiltering && <FilterPanel filters={filters} onChange={change} />}
      <ActiveFilters filters={filters} onChange={change} />
      <Results list={list} />
    </Page>
  );
}

type ClientList = ReturnType<typeof useClientList>;

function useClientList() {
  const { filters } = useListAddress();
  const { fetchNextPage, ...list } = useInfiniteQuery(clientListQuery(filters));
  const clients = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError } = list;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  return { ...list, clients, total: list.data?.pages[0]?.total, loadMore, fetchNextPage };
}

/** In a shorter list everybody is found at a glance. */
const longList = 12;

function Results({ list }: { readonly list: ClientList }) {
  const { t } = useLingui();
  const { filters, change } = useListAddress();
  const isPhone = useIsPhone();
  const [density, setDensity] = useDensity();
  const retry = (): void => void list.refetch();
  if (list.data === undefined)
    return list.isError ? (
      <FailureState error={list.error} onRetry={retry} title={t`Não foi possível abrir a lista`} />
    ) : (
      <SkeletonRows rows={10} />
    );
  const isWhole = filters.q === undefined && countFilters(filters) === 0;
  const clients = list.total?.value ?? 0;
  if (list.clients.length === 0 && !list.isFetching) return <NoClients filters={filters} onChange={change} />;
  return (
    <>
      {isWhole && clients > longList && <RecentClients />}
      {list.isError && !list.isFetchNextPageError && <ListNotice error={list.error} onRetry={retry} />}
      <div className={styles['client-count']}>
        <p role="status">
          <Count list={list} />
        </p>
        <div className={styles['list-choices']}>
          <SortSelect filters={filters} onChange={change} />
          {!isPhone && <DensityToggle density={density} onChange={setDensity} />}
        </div>
      </div>
      <SelectionProvider list={JSON.stringify(filters)} clients={list.clients}>
        <SelectionArea>
          <ClientRows
            clients={list.clients}
            pages={list.data.pages.length}
            size={list.total?.relation === 'eq' ? list.total.value : undefined}
            query={filters.q ?? ''}
            isBusy={list.isFetching}
            hasMore={list.hasNextPage}
            filters={filters}
            density={isPhone ? 'comfortable' : density}
            onSort={(sort) => {
              change(readListFilters({ ...filters, sort }));
            }}
            onNearEnd={list.loadMore}
          />
        </SelectionArea>
      </SelectionProvider>
      {list.isFetchNextPageError && <ListNotice error={list.error} onRetry={() => void list.fetchNextPage()} />}
      <PrintedList
        clients={list.clients}
        total={list.total?.relation === 'eq' ? list.total.value : undefined}
        query={filters.q ?? ''}
      />
    </>
  );
}

function Count({ list: { total } }: { readonly list: ClientList }) {
  const value = total?.value ?? 0;
  if (total?.relation === 'gte') {
    const atLeast = new Intl.NumberFormat(currentLanguage()).format(value);
    return <Trans>Mais de {atLeast} clientes</Trans>;
  }
  return <Plural value={value} _0="Nenhum cliente" one="# cliente" other="# clientes" />;
}

function focusFirstRow(): void {
  document.querySelector<HTMLElement>('.client-name')?.focus();
}

/** Scrolls to the top when the search changes, but not when somebody comes back to the same results. */
function useTopOnNewResults(query: string): void {
  const shown = useRef(query);
  useEffect(() => {
    if (shown.current === query) return;
    shown.current = query;
    scrollTo({ top: 0 });
  }, [query]);
}
