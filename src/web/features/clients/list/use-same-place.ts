import { useEffect, useEffectEvent, useRef } from 'react';

/** Where somebody was in a list: the entry of the history, and the first row in sight. What was searched is not stored. */
interface Place {
  readonly entry: string;
  readonly index: number;
}

const key = 'acolhe.list-place';
/** Pages that a return loads at most, one request each; further down the list starts at its top. */
const maxPages = 20;
/** Milliseconds between two notes while scrolling. */
const pause = 250;

/** The router's name of this entry of the history, which a reload keeps. */
const findEntry = (): string => String((history.state as { readonly __TSR_key?: string } | null)?.__TSR_key);

function findPlace(): Place | undefined {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (navigation?.type !== 'reload') return undefined;
  try {
    const place = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Place | null;
    return place !== null && place.entry === findEntry() ? place : undefined;
  } catch {
    return undefined;
  }
}

/** Read once: later visits to the list within this load have their rows, and the router scrolls to them. */
let before = findPlace();

interface Rows {
  readonly count: number;
  readonly pages: number;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly scrollTo: (index: number) => void;
}

/** Returns to the row that was in sight before a reload, and notes it for the next one. `findFirst`: index of the first row in sight. */
export function useSamePlace({ count, pages, hasMore, loadMore, scrollTo }: Rows, findFirst: () => number): void {
  const isReturning = useRef(before !== undefined);
  const approach = useEffectEvent(() => {
    if (before === undefined || count === 0) return;
    if (count > before.index) scrollTo(before.index);
    else if (hasMore && pages < maxPages) {
      loadMore();
      return;
    }
    before = undefined;
    isReturning.current = false;
  });
  useEffect(() => {
    approach();
  }, [count]);
  const note = useEffectEvent(() => {
    if (isReturning.current || location.pathname !== '/clientes') return;
    sessionStorage.setItem(key, JSON.stringify({ entry: findEntry(), index: findFirst() } satisfies Place));
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        note();
      }, pause);
    };
    addEventListener('scroll', onScroll, { passive: true });
    return () => {
      removeEventListener('scroll', onScroll);
      clearTimeout(timer);
    };
  }, []);
}
