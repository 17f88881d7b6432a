import { useEffect, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

const print = matchMedia('print');

/** Whether a media query matches, told to React. A sheet of paper is narrow, but printing must not lay out the page anew. */
function watch(media: string) {
  const query = matchMedia(media);
  const listeners = new Set<() => void>();
  let { matches } = query;
  query.addEventListener('change', () => {
    if (print.matches) return;
    ({ matches } = query);
    for (const listener of listeners) listener();
  });
  return {
    read: (): boolean => matches,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const phone = watch('(max-width: 47.99em)');
const broad = watch('(min-width: 64em)');
const wide = watch('(min-width: 80em)');

/** Whether the page has the layout for phones. The width is the same as in the style sheets. */
export const isPhone = phone.read;

/** The same, followed as the window changes. */
export const useIsPhone = (): boolean => useSyncExternalStore(phone.subscribe, isPhone);

const tight = watch('(max-width: 17em)');

/** Whether letters are so large, for the width of the screen, that lines have to wrap. */
export const useIsTight = (): boolean => useSyncExternalStore(tight.subscribe, tight.read);

/** Whether a row of buttons with words has room beside the navigation. */
export const useIsBroad = (): boolean => useSyncExternalStore(broad.subscribe, broad.read);

/** Whether a list and a card have room side by side. */
export const useIsWide = (): boolean => useSyncExternalStore(wide.subscribe, wide.read);

/** Whether the page is being printed. What depends on it is on the page before the browser lays out the paper. */
export function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(print.matches);
  useEffect(() => {
    const follow = (): void => {
      flushSync(() => {
        setPrinting(print.matches);
      });
    };
    print.addEventListener('change', follow);
    return () => {
      print.removeEventListener('change', follow);
    };
  }, []);
  return isPrinting;
}
