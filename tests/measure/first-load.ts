import type { Page, Response } from 'playwright-core';

/** Bytes of JavaScript that a page may take, as served, before it is there. */
export const sizeLimits = { '/entrar': 120_000, '/clientes': 220_000 } as const;

/** What one page takes over the wire before anything is clicked, as served: compressed where it was. */
export interface FirstLoad {
  readonly javascript: number;
  readonly total: number;
  /** Bytes by kind (`script`, `stylesheet`, `font`, …), largest first. */
  readonly kinds: readonly (readonly [kind: string, bytes: number])[];
  /** How the scripts were encoded. */
  readonly encodings: readonly string[];
}

/** Opens `url` with nothing in the cache, waits until `ready` resolves and the network is quiet, and sums what came. */
export async function measureFirstLoad(page: Page, url: string, ready: () => Promise<unknown>): Promise<FirstLoad> {
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(url);
  await ready();
  // Not “networkidle”: the stream of changes stays open on purpose.
  let seen = -1;
  while (seen !== responses.length) {
    seen = responses.length;
    await page.waitForTimeout(750);
  }
  return sum(responses);
}

async function sum(responses: readonly Response[]): Promise<FirstLoad> {
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
