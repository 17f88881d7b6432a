/**
 * The scheme that the browser used, from `X-Forwarded-Proto`. Each of our proxies may append an item, so the outermost
 * proxy's item is the one `hops` from the end; items before that come from the client and are not trusted.
 */
export function readForwardedScheme(header: string | readonly string[] | undefined, hops: number): 'http' | 'https' {
  if (hops === 0 || header === undefined) return 'http';
  const items = [header]
    .flat()
    .join(',')
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');
  if (items.length === 0) return 'http';
  return items.at(-Math.min(hops, items.length)) === 'https' ? 'https' : 'http';
}
