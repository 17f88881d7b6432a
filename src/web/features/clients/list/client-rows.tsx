import styles from './client-rows.module.css';
import { useLingui } from '@lingui/react/macro';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { useIsPhone } from '../../../ui/screen.ts';
import { ClientRow } from './client-row.tsx';
import { ColumnHeads } from './column-heads.tsx';
import type { Density } from './density.ts';
import { type ListFilters, usualSort } from './list-filters.ts';
import { useClientSteps } from './use-client-steps.ts';
import { useListMeasures } from './use-list-measures.ts';
import { useSamePlace } from './use-same-place.ts';
import { useVisits } from './use-visits.ts';

interface ClientRowsProps {
  readonly clients: readonly ClientSummary[];
  /** How many pages of them were loaded. */
  readonly pages: number;
  readonly size: number | undefined;
  readonly query: string;
  readonly isBusy: boolean;
  readonly hasMore: boolean;
  readonly filters: ListFilters;
  readonly density: Density;
  readonly onSort: (sort: NonNullable<ListFilters['sort']>) => void;
  /** Called near the end of the loaded rows. */
  readonly onNearEnd: () => void;
}

/** How many rows before the end the next page is requested: more than a fast flick of the finger scrolls. */
const loadAheadRows = 40;
const rowInRem: Readonly<Record<Density, number>> = { comfortable: 4.5, compact: 3 };
/** Rows that one press of End loads at most: to the end of a hundred thousand it would take a thousand requests. */
const maxRowsToEnd = 2000;

/** Renders only the visible rows, however long the list. Arrow keys, Home and End move through it. */
export function ClientRows(props: ClientRowsProps) {
  const { clients, pages, size, query, isBusy, hasMore, filters, density, onSort, onNearEnd } = props;
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<number>();
  const { virtualizer, layout, covered } = useRowVirtualizer(list, clients, focused, density);
  const hasColumns = layout.columns.length > 0;
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  const findVisits = useVisits(
    clients,
    layout,
    rows.map(({ index }) => index),
  );
  useNearEnd(last, clients.length, onNearEnd);
  useSamePlace(
    {
      count: clients.length,
      pages,
      hasMore,
      loadMore: onNearEnd,
      scrollTo: (index) => {
        virtualizer.scrollToIndex(index, { align: 'start' });
      },
    },
    () =>
      rows.find(({ end }) => end > (virtualizer.scrollOffset ?? 0) + virtualizer.options.scrollPaddingStart)?.index ??
      0,
  );

  const moveTo = (index: number): void => {
    virtualizer.scrollToIndex(index, { align: 'auto' });
    setFocused(index);
    focusRow(list.current, index);
  };
  const { openId, openAt } = useClientSteps(clients, (index) => {
    virtualizer.scrollToIndex(index, { align: 'auto' });
    setFocused(index);
  });
  const followEnd = useFollowEnd(clients.length, hasMore, moveTo);

  const onKey = (event: KeyboardEvent<HTMLUListElement>): void => {
    const current = findRowIndex(event.target as Element);
    const target = current === undefined ? undefined : findTargetIndex(event.key, current, clients.length);
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (target === -1) {
      document.querySelector<HTMLElement>('[data-client-search]')?.focus();
      return;
    }
    if (event.key === 'End') followEnd(target);
    moveTo(target);
    openAt(target, event.repeat);
  };

  return (
    <div
      data-density={density}
      data-tight={layout.isTight ? '' : undefined}
      data-columns={hasColumns ? '' : undefined}
      className={styles['client-list']}
      style={{ '--list-columns': layout.template } as CSSProperties}
    >
      {hasColumns && (
        <ColumnHeads layout={layout} sort={filters.sort ?? usualSort(filters)} onSort={onSort} top={covered} />
      )}
      <ul
        className={styles['client-rows']}
        aria-label={t`Clientes`}
        aria-busy={isBusy}
        ref={list}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKey}
        onFocus={(event) => {
          setFocused(findRowIndex(event.target));
        }}
      >
        {rows.map((row) => {
          const client = clients[row.index];
          return (
            client && (
              <ClientRow
                key={row.key}
                client={client}
                index={row.index}
                size={size}
                query={query}
                top={row.start - virtualizer.options.scrollMargin}
                height={row.size}
                layout={layout}
                visits={findVisits(client.id)}
                isOpen={client.id === openId}
                isCardOpen={openId !== undefined}
              />
            )
          );
        })}
      </ul>
    </div>
  );
}

/** Calls `onNearEnd` when the last rendered row is near the end of the loaded ones. */
function useNearEnd(last: number, count: number, onNearEnd: () => void): void {
  useEffect(() => {
    if (last >= count - loadAheadRows) onNearEnd();
  }, [last, count, onNearEnd]);
}

/**
 * After the key End, moves the focus on as further pages arrive: End means the end of the list, not of the loaded rows. It stops
 * when the person does anything else.
 */
function useFollowEnd(count: number, hasMore: boolean, moveTo: (index: number) => void): (index: number) => void {
  const end = useRef<{ readonly index: number; readonly until: number }>(undefined);
  const follow = useEffectEvent(() => {
    const reached = end.current;
    if (reached === undefined || count <= reached.index + 1) return;
    moveTo(count - 1);
    end.current = hasMore && count < reached.until ? { ...reached, index: count - 1 } : undefined;
  });
  useEffect(() => {
    follow();
  }, [count]);
  useEffect(() => {
    const stop = (): void => {
      end.current = undefined;
    };
    const events = ['keydown', 'pointerdown', 'wheel'] as const;
    for (const name of events) addEventListener(name, stop, { capture: true, passive: true });
    return () => {
      for (const name of events) removeEventListener(name, stop, { capture: true });
    };
  }, []);
  return (index) => {
    end.current = { index, until: index + maxRowsToEnd };
  };
}

function useRowVirtualizer(
  list: { readonly current: HTMLUListElement | null },
  clients: readonly ClientSummary[],
  focused: number | undefined,
  density: Density,
) {
  const { top, covered, row, layout } = useListMeasures(list, rowInRem[density]);
  const isPhone = useIsPhone();
  // First only the visible rows; rows outside the window are rendered after those were painted.
  const overscan = useDeferredValue(8, 1);
  const virtualizer = useWindowVirtualizer({
    count: clients.length,
    estimateSize: () => row,
    overscan,
    scrollMargin: top,
    scrollPaddingStart: covered + (layout.columns.length > 0 ? 52 : 8),
    scrollPaddingEnd: isPhone ? 160 : 24,
    getItemKey: (index) => clients[index]?.id ?? index,
    // The focused row stays in the page when it is scrolled out of sight.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      if (focused === undefined || focused >= range.count || shown.includes(focused)) return shown;
      return [...shown, focused].sort((one, other) => one - other);
    },
  });
  useLayoutEffect(() => {
    virtualizer.measure();
  }, [virtualizer, row]);
  return { virtualizer, layout, covered };
}

function findRowIndex(element: Element): number | undefined {
  const index = element.closest<HTMLElement>('[data-index]')?.dataset['index'];
  return index === undefined ? undefined : Number(index);
}

/** The index of the row that a key moves to; -1 for the search field. */
function findTargetIndex(key: string, current: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(current + 1, count - 1);
  if (key === 'ArrowUp') return current - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

/** Focuses a row once it is in the page; a far one takes a frame or two to get there. */
function focusRow(list: HTMLElement | null, index: number, tries = 20): void {
  const link = list?.querySelector<HTMLElement>(`[data-index="${index}"] .client-name`);
  if (link) link.focus({ preventScroll: true });
  else if (tries > 0)
    requestAnimationFrame(() => {
      focusRow(list, index, tries - 1);
    });
}
