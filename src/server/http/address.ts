import { isIP, isIPv4, isIPv6 } from 'node:net';

/** Reads an IP address and drops port, brackets, zone and IPv4 mapping. @returns undefined for other text */
export function parseAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/%.*$/, '');
  const mapped = /^::ffff:([\d.]+)$/i.exec(bare)?.[1];
  const address = mapped ?? bare;
  return isIP(address) === 0 ? undefined : address;
}

/** The IP address of the client, according to the trusted proxies. Falls back to the socket's when theirs is no address. */
export const readClientAddress = (request: {
  readonly ip: string;
  readonly socket: { readonly remoteAddress?: string | undefined };
}): string => parseAddress(request.ip) ?? parseAddress(request.socket.remoteAddress ?? '') ?? '0.0.0.0';

/** What rate limits count as one address: an IPv4 address, or the /64 network of an IPv6 address (one customer's). */
export function toAddressBlock(address: string): string {
  if (isIPv4(address) || !isIPv6(address)) return address;
  // Only the last 32 bits may be written with dots, and they are not part of the /64.
  const [head = '', tail] = address.replace(/(?<![\d.])[\d.]+\.\d+$/, '0:0').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
