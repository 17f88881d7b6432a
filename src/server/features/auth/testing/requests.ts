import { setTimeout as sleep } from 'node:timers/promises';
import { createApiClient } from '../../../../shared/api-client.ts';
import type { Problem } from '../../../../shared/problem.ts';

/** An answer of any status; a JSON body is parsed. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>> & Partial<Problem>;
  /** The Set-Cookie headers, each as `name=value; attributes`. */
  readonly cookies: readonly string[];
}

export interface RawRequest {
  readonly headers?: Record<string, string>;
  /** Objects are sent as JSON, text unchanged. */
  readonly body?: unknown;
}

export type Send = (method: string, path: string, request?: RawRequest) => Promise<RawAnswer>;

/** Sends requests as an attacker would: any header, any body. Follows no redirect and throws for no status. */
export const sender =
  (address: string): Send =>
  async (method, path, { headers = {}, body } = {}) => {
    const response = await fetch(`${address}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== '' ? (JSON.parse(text) as RawAnswer['body']) : {},
      cookies: response.headers.getSetCookie(),
    };
  };

/** The typed API client with this access token. */
export const bearer = (address: string, accessToken: string) =>
  createApiClient({ baseUrl: address, headers: () => ({ authorization: `Bearer ${accessToken}` }) });

/** Counts answers by status and problem code: `{ '201': 1, '401 invalid_code': 19 }`. */
export function tally(answers: readonly RawAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = body.code === undefined ? String(status) : `${status} ${body.code}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Another code than this one. */
export const wrongCode = (code: string, offset = 1): string =>
  String((Number(code) + offset) % 1_000_000).padStart(6, '0');

/** Log lines that contain one of these codes or tokens as a whole word. */
export const linesWith = (lines: readonly string[], secrets: Iterable<string>): string[] => {
  const found = [...secrets].map(
    (secret) => new RegExp(`(?<![\\w-])${secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`),
  );
  return lines.filter((line) => found.some((pattern) => pattern.test(line)));
};

/** Waits for a mail to an address in the development mailbox. @returns the code in the newest one */
export async function mailedCode(send: Send, email: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const { body } = await send('GET', '/dev/mailbox', { headers: { accept: 'application/json' } });
    const items = body['items'] as { to: string; code: string | null }[];
    const code = items.find(({ to }) => to === email)?.code;
    if (code != null) return code;
    await sleep(25);
  }
  throw new Error(`no mail for ${email}`);
}
