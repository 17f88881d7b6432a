/**
 * The scheme that the browser used, by `X-Forwarded-Proto`. Each of our proxies may add an item at the end, so the
 * outermost one's stands `hops` from there; what comes before it is the client's own claim.
 */
export function forwardedScheme(header: string | readonly string[] | undefined, hops: number): 'http' | 'https' {
  const items = [header ?? '']
    .flat()
    .join(',')
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');
  if (hops === 0 || items.length === 0) return 'http';
  return items.at(-Math.min(hops, items.length)) === 'https' ? 'https' : 'http';
}
