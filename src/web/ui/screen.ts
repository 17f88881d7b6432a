import { useSyncExternalStore } from 'react';

const phone = matchMedia('(max-width: 47.99em)');

const subscribe = (listener: () => void): (() => void) => {
  phone.addEventListener('change', listener);
  return () => {
    phone.removeEventListener('change', listener);
  };
};

/** Whether the page has the layout for phones. The width is the same as in the style sheets. */
export const useIsPhone = (): boolean => useSyncExternalStore(subscribe, () => phone.matches);
