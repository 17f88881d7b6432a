import { useSyncExternalStore } from 'react';

const phone = matchMedia('(max-width: 47.99em)');
const broad = matchMedia('(min-width: 64em)');
const wide = matchMedia('(min-width: 80em)');

const subscribe = (query: MediaQueryList) => (listener: () => void) => {
  query.addEventListener('change', listener);
  return () => {
    query.removeEventListener('change', listener);
  };
};

const subscribePhone = subscribe(phone);
const subscribeBroad = subscribe(broad);
const subscribeWide = subscribe(wide);

/** Whether the page has the layout for phones. The width is the same as in the style sheets. */
export const isPhone = (): boolean => phone.matches;

/** The same, followed as the window changes. */
export const useIsPhone = (): boolean => useSyncExternalStore(subscribePhone, isPhone);

/** Whether a row of buttons with words has room beside the navigation. */
export const useIsBroad = (): boolean => useSyncExternalStore(subscribeBroad, () => broad.matches);

/** Whether a list and a card have room side by side. */
export const useIsWide = (): boolean => useSyncExternalStore(subscribeWide, () => wide.matches);
