import type { IncomingMessage } from 'node:http';

/** The host that a request names, checked. */
export interface Host {
  /** Lower case, without port and final dot; an IPv6 address in brackets. */
  readonly name: string;
  /** Name and port as URLs write them. */
  readonly authority: string;
}

const syntax = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?)(?::(\d{1,5}))?$/i;
/** Longest name in the DNS, and a port. */
const longest = 260;

/** A host and port (RFC 9110 section 7.2, RFC 3986 section 3.2); undefined for text that can be part of no address. */
export function parseHost(text: string): Host | undefined {
  const [, written = '', port] = (text.length > longest ? null : syntax.exec(text)) ?? [];
  if (written === '' || (port !== undefined && (Number(port) === 0 || Number(port) > 65_535))) return undefined;
  const url = `http://${written}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  // URLs read `0x7f.1` and `127.1` as 127.0.0.1: a name that is rewritten is not the one that was allowed.
  if (!written.startsWith('[') && hostname !== written.toLowerCase()) return undefined;
  return {
    name: hostname.replace(/\.$/, ''),
    authority: port === undefined ? hostname : `${hostname}:${String(Number(port))}`,
  };
}

/** Whether `ALLOWED_HOSTS` has a name: itself, `*`, or `.example.com` for it and every name below it. */
export const isAllowedHost = (allowedHosts: readonly string[], { name }: Host): boolean =>
  allowedHosts.some((entry) => {
    const allowed = entry.replace(/\.$/, '');
    return (
      allowed === '*' ||
      allowed === name ||
      (allowed.startsWith('.') && (name === allowed.slice(1) || name.endsWith(allowed)))
    );
  });

const absoluteTarget = /^(https?):\/\/([^/?#]*)/i;

/** The authority in an absolute request target (RFC 9112 section 3.2.2), as written. */
export const authorityInTarget = (target: string): string | undefined => absoluteTarget.exec(target)?.[2];

/** A request target without scheme and authority. */
export function originForm(target: string): string {
  const rest = target.replace(absoluteTarget, '');
  return rest === target || rest.startsWith('/') ? rest : `/${rest}`;
}

type HostHeader = Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>;

/**
 * The one Host header of a request as written, empty where HTTP/1.0 has none. Undefined for several and for none in
 * HTTP/1.1, which RFC 9112 section 3.2 has refused.
 */
export function hostHeaderOf({ rawHeaders, httpVersion }: HostHeader): string | undefined {
  const values = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host');
  if (values.length === 0 && httpVersion === '1.0') return '';
  return values.length === 1 ? values[0] : undefined;
}
