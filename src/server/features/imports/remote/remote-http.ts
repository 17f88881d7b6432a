import { setTimeout as sleep } from 'node:timers/promises';
import { chunksOf, ConnectionBroken, brokenBy, Silence } from './connection.ts';
import { RemoteProblem } from './remote-problem.ts';
import { readRetryAfter } from './retry-after.ts';

export interface RemoteRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Path and query on the origin. */
  readonly path: string;
  readonly body?: unknown;
}

export interface RemoteAnswer {
  readonly status: number;
  /** The parsed body; undefined if it is not JSON. */
  readonly json: unknown;
  readonly contentType: string;
}

type Take = (chunks: AsyncIterable<Uint8Array>) => Promise<void>;

export interface RemoteHttpOptions {
  /** Called before a longer wait, with its reason. */
  readonly notify: (text: string) => void;
  readonly attempts?: number;
  /** The pause before the second attempt; doubled each time. */
  readonly pauseMilliseconds?: number;
  /** The longest time without any data from the other side. */
  readonly silenceMilliseconds?: number;
  /** The most bytes of an answer that is read into memory. */
  readonly answerBytes?: number;
}

const longestPause = 30_000;
/** If the other side asks for a longer wait, the command ends; the operator can run it again later. */
const longestWait = 5 * 60_000;
const toldWait = 3_000;
const redirectsFollowed = 5;

/**
 * Sends requests, and credentials, to one origin only. Retries temporary failures (no connection, a truncated answer, 408, 429,
 * 5xx), with growing pauses or after the time that the other side asks for.
 */
export class RemoteHttp {
  readonly origin: string;
  readonly #options: Required<RemoteHttpOptions>;
  #token: string | undefined;
  readonly #secrets: string[] = [];

  constructor(origin: string, options: RemoteHttpOptions) {
    this.origin = origin;
    this.#options = {
      attempts: 6,
      pauseMilliseconds: 500,
      silenceMilliseconds: 120_000,
      answerBytes: 128 * 1024 * 1024,
      ...options,
    };
  }

  /** Sends the token with every request from now on. */
  authorize(token: string): void {
    this.#token = token;
    this.conceal(token);
  }

  /** Masks a secret in all messages from now on. */
  conceal(secret: string): void {
    if (secret.length > 3) this.#secrets.push(secret);
  }

  /** Sends a request and reads the whole answer, of any status. Throws RemoteProblem. */
  async ask(request: RemoteRequest): Promise<RemoteAnswer> {
    return this.#persist(request, (response, chunks) => this.#readJson(response, chunks));
  }

  /**
   * Passes the bytes of a 200 answer to `take`; if it is truncated, calls `take` again from the start. Other answers are read like
   * by `ask`. Throws RemoteProblem, and whatever `take` throws.
   */
  async download(request: RemoteRequest, take: Take): Promise<RemoteAnswer> {
    return this.#persist(request, async (response, chunks) => {
      if (response.status !== 200) return this.#readJson(response, chunks);
      await take(chunks);
      return { status: response.status, json: undefined, contentType: contentTypeOf(response) };
    });
  }

  /** Makes a problem of an unusable answer, with what the other system says about it. */
  refusal(what: string, { status, json, contentType }: RemoteAnswer): RemoteProblem {
    if (status === 200 && json === undefined)
      return new RemoteProblem(`${what}: ${this.origin} answered with ${contentType || 'no type'}, not with data.`);
    return new RemoteProblem(`${what}: ${this.origin} answered ${String(status)}${this.#said(json)}.`);
  }

  #said(json: unknown): string {
    if (typeof json !== 'object' || json === null) return '';
    const { detail } = json as { detail?: unknown };
    const text = typeof detail === 'string' ? detail : JSON.stringify(json);
    const clean = this.#secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);
    // Removes control characters, which could manipulate the terminal.
    return ` (${clean
      .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
      .slice(0, 300)
      .replace(/\.$/, '')})`;
  }

  async #persist<T>(
    request: RemoteRequest,
    read: (response: Response, chunks: AsyncIterable<Uint8Array>) => Promise<T>,
  ) {
    const { attempts, notify } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const failure = await this.#attempt(request, read);
      if ('result' in failure) return failure.result;
      const { reason, wait } = failure;
      if (attempt >= attempts || failure.lasting)
        throw new RemoteProblem(
          `${this.origin} ${reason}${attempt > 1 ? `, ${String(attempt)} times` : ''}. Nothing was imported: try again later.`,
        );
      if (wait !== undefined && wait > longestWait)
        throw new RemoteProblem(
          `${this.origin} ${reason} and asks to wait ${String(Math.ceil(wait / 60_000))} minutes. Nothing was imported: try again then.`,
        );
      const pause = wait ?? this.#pauseAfter(attempt);
      if (pause > toldWait) notify(`${this.origin} ${reason}; asking again in ${String(Math.ceil(pause / 1000))} s`);
      await sleep(pause);
    }
  }

  /** Milliseconds, doubled each time, with jitter so that clients that failed together do not retry together. */
  #pauseAfter(attempt: number): number {
    const full = Math.min(longestPause, this.#options.pauseMilliseconds * 2 ** (attempt - 1));
    return full * (0.5 + Math.random() / 2);
  }

  async #attempt<T>(
    request: RemoteRequest,
    read: (response: Response, chunks: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<{ readonly result: T } | Failure> {
    const silence = new Silence(this.#options.silenceMilliseconds);
    try {
      const response = await this.#follow(request, silence);
      if (response.status === 408 || response.status === 429 || response.status >= 500) {
        await response.body?.cancel().catch(() => undefined);
        const wait = readRetryAfter(response.headers.get('retry-after'));
        return { reason: `answered ${String(response.status)}`, wait, lasting: false };
      }
      return { result: await read(response, chunksOf(response, silence)) };
    } catch (error) {
      if (!(error instanceof ConnectionBroken)) throw error;
      return { reason: `did not answer: ${error.message}`, wait: undefined, lasting: error.lasting };
    } finally {
      silence.end();
    }
  }

  async #follow(request: RemoteRequest, silence: Silence): Promise<Response> {
    let url = new URL(request.path, this.origin);
    if (url.origin !== this.origin) throw new Error('a request left its origin');
    for (let redirects = 0; ; redirects++) {
      const response = await this.#fetch(request, url, silence);
      const location = response.headers.get('location');
      if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
      await response.body?.cancel().catch(() => undefined);
      url = this.#redirectTarget(request, response.status, new URL(location, url));
      if (redirects >= redirectsFollowed) throw new RemoteProblem(`${this.origin} redirects in a circle.`);
    }
  }

  #redirectTarget(request: RemoteRequest, status: number, target: URL): URL {
    if (target.origin !== this.origin)
      throw new RemoteProblem(
        `${this.origin} redirects to ${target.origin}: nothing is sent there. If that is the right address, pass it as --api-base.`,
      );
    if (request.method === 'POST' && status !== 307 && status !== 308)
      throw new RemoteProblem(`${this.origin} redirects the sign-in to ${target.pathname}: check --api-base.`);
    return target;
  }

  async #fetch({ method = 'GET', body }: RemoteRequest, url: URL, silence: Silence): Promise<Response> {
    const headers: Record<string, string> = {
      accept: 'application/json, text/csv;q=0.9, */*;q=0.1',
      'accept-language': 'en',
    };
    if (this.#token !== undefined) headers['authorization'] = `Bearer ${this.#token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    try {
      return await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: silence.signal,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw brokenBy(error, silence);
    }
  }

  async #readJson(response: Response, chunks: AsyncIterable<Uint8Array>): Promise<RemoteAnswer> {
    const { answerBytes } = this.#options;
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of chunks) {
      parts.push(chunk);
      length += chunk.length;
      if (length > answerBytes)
        throw new RemoteProblem(
          `${this.origin} answered with more than ${String(Math.floor(answerBytes / 1024 / 1024))} MB at once, which is no page of clients.`,
        );
    }
    const answer = { status: response.status, contentType: contentTypeOf(response) };
    if (!answer.contentType.includes('json')) return { ...answer, json: undefined };
    try {
      return { ...answer, json: JSON.parse(new TextDecoder().decode(Buffer.concat(parts))) as unknown };
    } catch {
      throw new RemoteProblem(`${this.origin} answered with damaged JSON.`);
    }
  }
}

interface Failure {
  readonly reason: string;
  /** Milliseconds that the other side asks to wait. */
  readonly wait: number | undefined;
  /** True when a retry would not help. */
  readonly lasting: boolean;
}

const contentTypeOf = (response: Response): string =>
  (response.headers.get('content-type') ?? '').replace(/;.*/s, '').trim();
