import type { Page, Response } from 'playwright-core';

/** Limits of a page's first load in bytes of JavaScript, as served. */
export const sizeLimits = { '/entrar': 120_000, '/clientes': 220_000 } as const;

/** What a page loads before anything is clicked, in bytes as served, compressed or not. */
export interface FirstLoad {
  readonly javascript: number;
  readonly total: number;
  /** Bytes by kind (`script`, `stylesheet`, `font`, …), largest first. */
  readonly kinds: readonly (readonly [kind: string, bytes: number])[];
  /** Content encodings of the scripts; `none` for an uncompressed one. */
  readonly encodings: readonly string[];
}

/** Opens `url` with an empty cache, waits until `ready` resolves and the network is quiet, and adds up the responses. */
export async function measureFirstLoad(page: Page, url: string, ready: () => Promise<unknown>): Promise<FirstLoad> {
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(url);
  await ready();
  // Not “networkidle”, because the event stream stays open.
  let seen = -1;
  while (seen !== responses.length) {
    seen = responses.length;
    await page.waitForTimeout(750);
  }
  return addUp(responses);
}

async function addUp(responses: readonly Response[]): Promise<FirstLoad> {
  const kinds = new Map<string, number>();
  const encodings = new Set<string>();
  for (const response of responses) {
    const kind = response.request().resourceType();
    if (kind === 'eventsource') continue;
    const { responseBodySize } = await response.request().sizes();
    kinds.set(kind, (kinds.get(kind) ?? 0) + responseBodySize);
    if (kind === 'script') encodings.add((await response.headerValue('content-encoding')) ?? 'none');
  }
  const sorted = [...kinds].sort(([, one], [, other]) => other - one);
  return {
    javascript: kinds.get('script') ?? 0,
    total: sorted.reduce((bytes, [, more]) => bytes + more, 0),
    kinds: sorted,
    encodings: [...encodings].sort(),
  };
}
