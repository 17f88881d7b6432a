/** Milliseconds after which work starts although the page is busy. */
const patience = 1000;

/** Resolves when the browser has nothing better to do, so that work for later delays nothing that somebody waits for. */
export const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if (!('requestIdleCallback' in globalThis)) setTimeout(resolve, 50);
    else
      requestIdleCallback(
        () => {
          resolve();
        },
        { timeout: patience },
      );
  });
