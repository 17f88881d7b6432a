import type { Page } from 'playwright-core';

/** Times between frames while a list scrolls, in milliseconds. */
export interface FrameTimes {
  readonly frames: number;
  readonly median: number;
  readonly p95: number;
  /** Share of frames that came late, at 60 a second, with a tenth of a frame of tolerance for the clock. */
  readonly late: number;
  /** Share of frames that took two or more: what the eye notices. */
  readonly dropped: number;
  /** How far down the list the scroll went, in pixels. */
  readonly distance: number;
}

/** Scrolls by `speed` pixels a second for `seconds`, as a steady flick does, and times every frame. */
export async function measureScroll(page: Page, speed: number, seconds: number): Promise<FrameTimes> {
  const { times, distance } = await page.evaluate(scroll, { speed, seconds });
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  const over = (limit: number): number => times.filter((time) => time > limit).length / times.length;
  return {
    frames: times.length,
    median: at(0.5),
    p95: at(0.95),
    late: over((1000 / 60) * 1.1),
    dropped: over((2000 / 60) * 0.99),
    distance,
  };
}

/** In the page. Where it scrolls to follows the clock, so that a late frame is not made up for by going slower. */
async function scroll({ speed, seconds }: { speed: number; seconds: number }) {
  const start = { at: await nextFrame(), y: scrollY };
  const times: number[] = [];
  let before = start.at;
  while (before - start.at < seconds * 1000) {
    scrollTo({ top: start.y + ((before - start.at) / 1000) * speed, behavior: 'instant' });
    const now = await nextFrame();
    times.push(now - before);
    before = now;
  }
  return { times, distance: Math.abs(scrollY - start.y) };

  function nextFrame(): Promise<number> {
    return new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** Goes to the end again and again until every row has been loaded; gives how many milliseconds that took. */
export async function loadWholeList(page: Page, rows: number): Promise<number> {
  const start = performance.now();
  await page.evaluate(async (last) => {
    while (document.querySelector(`[data-index="${String(last)}"]`) === null) {
      scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }, rows - 1);
  return performance.now() - start;
}
