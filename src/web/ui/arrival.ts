let hasShownPage = false;

/** Called by every page that shows itself, `Page` or not: the next `Page` then takes the focus. */
export function notePageShown(): void {
  hasShownPage = true;
}

/** Whether there was a page before the one that is being shown. */
export const wasPageShown = (): boolean => hasShownPage;
