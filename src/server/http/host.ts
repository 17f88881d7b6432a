import type { IncomingMessage } from 'node:http';

/** A valid host, as a request names it. */
export interface Host {
  /** Lower case, without port and final dot; an IPv6 address in brackets. */
  readonly name: string;
  /** Name and port as in a URL. */
  readonly authority: string;
}

const syntax = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?)(?::(\d{1,5}))?$/i;
/** Characters of the longest DNS name with a port. */
const longest = 260;

/** Reads a host with optional port (RFC 9110 section 7.2, RFC 3986 section 3.2). @returns undefined when it is invalid */
export function parseHost(text: string): Host | undefined {
  const [, written = '', port] = (text.length > longest ? null : syntax.exec(text)) ?? [];
  if (written === '' || (port !== undefined && (Number(port) === 0 || Number(port) > 65_535))) return undefined;
  const url = `http://${written}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  // URL reads `0x7f.1` and `127.1` as 127.0.0.1: refuse names that it rewrites, so that none bypasses ALLOWED_HOSTS.
  if (!written.startsWith('[') && hostname !== written.toLowerCase()) return undefined;
  return {
    name: hostname.replace(/\.$/, ''),
    authority: port === undefined ? hostname : `${hostname}:${String(Number(port))}`,
  };
}

/** Whether `ALLOWED_HOSTS` allows a name: by itself, by `*`, or by `.example.com` (that domain and all subdomains). */
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

/** The authority of an absolute request target (RFC 9112 section 3.2.2), as written; undefined for other targets. */
export const findAuthority = (target: string): string | undefined =>
  target.startsWith('/') ? undefined : absoluteTarget.exec(target)?.[2];

/** Removes scheme and authority from a request target. */
export function toOriginForm(target: string): string {
  if (target.startsWith('/')) return target;
  const rest = target.replace(absoluteTarget, '');
  return rest === target || rest.startsWith('/') ? rest : `/${rest}`;
}

type HostHeader = Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>;

/**
 * The Host header of a request as written; empty for HTTP/1.0 without one. Undefined when there are several, or none in
 * HTTP/1.1: such requests have to be refused (RFC 9112 section 3.2).
 */
export function readHostHeader({ rawHeaders, httpVersion }: HostHeader): string | undefined {
  let host: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (host !== undefined) return undefined;
    host = rawHeaders[index + 1];
  }
  return host ?? (httpVersion === '1.0' ? '' : undefined);
}
