import { useEffect, useState } from 'react';

/** The narrowest column in pixels, as in time-grid.module.css. */
const narrowest = 152;
/** Columns that are added at a time: few enough for one frame. */
const perStep = 2;

/** Columns that may be in sight, and one more. */
const countInSight = (): number => Math.ceil(innerWidth / narrowest) + 1;

/**
 * How many columns have their appointments: those in sight at once, the others a moment later, a few at a time. A large clinic's
 * day appears when what can be seen of it is ready.
 */
export function useFilledColumns(count: number): number {
  const [filled, setFilled] = useState(countInSight);
  const isFull = filled >= count;
  useEffect(() => {
    if (isFull) return undefined;
    const timer = setTimeout(() => {
      setFilled((before) => before + perStep);
    }, 16);
    return () => {
      clearTimeout(timer);
    };
  }, [filled, isFull]);
  return Math.min(filled, count);
}
