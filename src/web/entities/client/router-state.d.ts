import '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Opened from the list: closing goes back to where the list was. */
    isOverList?: boolean;
    /** The entry whose scrolling this one shares: the list stays in sight beside its card. */
    scrollKey?: string | undefined;
    /** The form was opened from the card: saving goes back to it. */
    isOverCard?: boolean;
  }
}
