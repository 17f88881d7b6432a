import type { HistoryState } from '@tanstack/react-router';

/** The state of a card's entry in the history, from that of its list: closing goes back, to where the list is scrolled to. */
export const openOverList = (list: HistoryState & { readonly __TSR_key?: string }): HistoryState => ({
  ...list,
  isOverList: true,
  scrollKey: list.scrollKey ?? list.__TSR_key,
});
