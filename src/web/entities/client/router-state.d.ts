import '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Opened from the list: closing goes back to where the list was. */
    isOverList?: boolean;
    /** The form was opened from the card: saving goes back to it. */
    isOverCard?: boolean;
  }
}
