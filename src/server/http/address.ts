import { isIP, isIPv4, isIPv6 } from 'node:net';

/** An IP address without port, brackets, zone or IPv4 mapping; undefined when the text is not an address. */
export function plainAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/%.*$/, '');
  const mapped = /^::ffff:([\d.]+)$/i.exec(bare)?.[1];
  const address = mapped ?? bare;
  return isIP(address) === 0 ? undefined : address;
}

/**
 * Where a request came from, according to the trusted proxies; anything in their header that is not an address is
 * ignored.
 */
export const addressOf = (request: {
  readonly ip: string;
  readonly socket: { readonly remoteAddress?: string | undefined };
}): string => plainAddress(request.ip) ?? plainAddress(request.socket.remoteAddress ?? '') ?? '0.0.0.0';

/**
 * What limits count as one address: an IPv4 address, or the /64 of an IPv6 address, which is one customer's network.
 */
export function addressBlock(address: string): string {
  if (isIPv4(address) || !isIPv6(address)) return address;
  // Only the last 32 bits may be written with dots, and they are not part of the /64.
  const [head = '', tail] = address.replace(/(?<![\d.])[\d.]+\.\d+$/, '0:0').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
