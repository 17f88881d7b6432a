import type { Page } from 'playwright-core';

/** Times between frames while a list scrolls, in milliseconds. */
export interface FrameTimes {
  readonly frames: number;
  readonly median: number;
  readonly p95: number;
  /** Share of frames that were late for 60 a second, with a tolerance of a tenth of a frame for the clock. */
  readonly late: number;
  /** Share of frames that took as long as two or more, which people notice. */
  readonly dropped: number;
  /** How far down the list the scroll went, in pixels. */
  readonly distance: number;
}

/** Scrolls by `speed` pixels per second for `seconds`, and times every frame. A negative speed scrolls up. */
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

/** Runs in the page. The position follows the clock, so that late frames do not make the scrolling slower. */
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

/** Scrolls to the end again and again until every row is loaded. @returns the milliseconds that this took */
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
