import lighthouse, { type Flags } from 'lighthouse';
import type { BrowserContext } from 'playwright-core';

/** Lighthouse's scores for one page, 0 to 100, and the audits that failed. */
export interface Marks {
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  /** Largest contentful paint in seconds, total blocking time in milliseconds, cumulative layout shift. */
  readonly largestPaint: number;
  readonly blocking: number;
  readonly shift: number;
  readonly failures: readonly string[];
}

const categories = ['performance', 'accessibility', 'best-practices'];

interface Browser {
  readonly context: BrowserContext;
  /** The port on which Lighthouse reaches it. */
  readonly port: number;
}

/**
 * Rates `url` on Lighthouse's phone: 412 pixels wide, slow 4G, a processor four times slower, an empty cache. Of three runs, the
 * one with the median performance counts, because other work on the machine lowers the scores.
 */
export async function judge(url: string, { context, port }: Browser): Promise<Marks> {
  // Lighthouse would clear the session along with the cache, so the cache is cleared here.
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const runs: Marks[] = [];
  for (let run = 0; run < 3; run++) {
    await devtools.send('Network.clearBrowserCache');
    runs.push(await judgeOnce(url, port));
  }
  const [, median] = runs.toSorted((one, other) => one.performance - other.performance);
  if (median === undefined) throw new Error('no run of Lighthouse');
  return median;
}

async function judgeOnce(url: string, port: number): Promise<Marks> {
  const flags: Flags = { port, onlyCategories: categories, disableStorageReset: true, logLevel: 'error' };
  const result = await lighthouse(url, flags);
  if (result === undefined) throw new Error(`Lighthouse had no answer for ${url}`);
  const { lhr } = result;
  if (lhr.runtimeError !== undefined) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
  const mark = (category: string): number => Math.round((lhr.categories[category]?.score ?? 0) * 100);
  const value = (audit: string): number => lhr.audits[audit]?.numericValue ?? Number.NaN;
  const failures = categories
    .flatMap((category) => lhr.categories[category]?.auditRefs ?? [])
    .filter(({ weight, id }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => `${id} ${lhr.audits[id]?.displayValue ?? ''}`.trim());
  return {
    performance: mark('performance'),
    accessibility: mark('accessibility'),
    bestPractices: mark('best-practices'),
    largestPaint: value('largest-contentful-paint') / 1000,
    blocking: value('total-blocking-time'),
    shift: value('cumulative-layout-shift'),
    failures,
  };
}
