import type { Locator, Page } from 'playwright-core';

/** A client's row in the list. */
export const row = (page: Page, name: string): Locator => page.getByRole('listitem', { name, exact: true });
/** A client's card. */
export const card = (page: Page, name: string): Locator => page.getByRole('dialog', { name, exact: true });
