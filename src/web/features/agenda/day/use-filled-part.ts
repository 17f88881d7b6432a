import { useEffect, useState } from 'react';
import type { Span } from './day-layout.ts';

/** The narrowest column, what stands beside the columns and above and below them, in pixels, as in the style sheets. */
const narrowest = 152;
const beside = 348;
const around = 256;
const leastHeight = 352;
/** Pixels of a minute, where it has the fewest. */
const minute = 1.5;
/** Columns that are added at a time: few enough for one frame. */
const perStep = 2;

/** Columns that may be in sight. */
const countInSight = (): number => Math.max(1, Math.ceil((innerWidth - beside) / narrowest));

/** The minutes that are in sight at first: the day's beginning, or what is around now, to which the grid scrolls. */
function findSpanInSight(hours: Span, now: number | undefined): Span {
  const height = Math.max(leastHeight, innerHeight - around) / minute;
  const start = now === undefined ? hours.start : Math.max(hours.start, now - height);
  return { start, end: start + height * (now === undefined ? 1 : 2) };
}

interface FilledPart {
  /** How many columns have their appointments. */
  readonly columns: number;
  /** Undefined once they have all of them. */
  readonly span: Span | undefined;
}

/**
 * What has its appointments already: first what is in sight, a moment later the rest, a few columns at a time. A large clinic's
 * day appears when what can be seen of it is ready.
 */
export function useFilledPart(count: number, hours: Span, now: number | undefined): FilledPart {
  const [part, setPart] = useState((): FilledPart => ({ columns: countInSight(), span: findSpanInSight(hours, now) }));
  const isFull = part.span === undefined && part.columns >= count;
  useEffect(() => {
    if (isFull) return undefined;
    const timer = setTimeout(() => {
      setPart(({ columns, span }) => ({ columns: span === undefined ? columns + perStep : columns, span: undefined }));
    }, 16);
    return () => {
      clearTimeout(timer);
    };
  }, [part, isFull]);
  return part;
}
