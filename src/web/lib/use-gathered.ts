import { useEffect, useRef } from 'react';

/** @returns a function that calls `run` once, so many milliseconds after the first of its calls; never after the page has gone */
export function useGathered(run: () => void, milliseconds: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      run();
    }, milliseconds);
  };
}
