import type { BrowserContextOptions } from 'playwright-core';

/** The two sizes that every page is made for: a phone with touch, and a computer with a mouse. */
export const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  computer: { viewport: { width: 1440, height: 900 } },
} satisfies Record<string, BrowserContextOptions>;

export type Screen = keyof typeof screens;
