import { createHash } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { ObjectStoreConfig } from '../config.ts';
import type { StoredArchive } from './archive-source.ts';
import { BackupError } from './backup-error.ts';

/** What is held in memory at a time; of at most 10,000 parts, so up to 80 GB. No store takes parts below 5 MiB. */
const partSize = 8 * 1024 * 1024;
const attempts = 4;
/** Milliseconds for one part over a slow line. */
const patience = 600_000;

/** Bytes on their way to a bucket; they are seen there when the stream has ended, and not at all when it is destroyed. */
export interface ObjectWriter extends Writable {
  /** How many were written. */
  readonly bytes: number;
}

/** A bucket of an S3 store. Everything throws BackupError, with what the store said. */
export interface Bucket {
  write(key: string): ObjectWriter;
  archive(key: string): StoredArchive;
  exists(key: string): Promise<boolean>;
  /** The keys directly under a prefix. */
  list(prefix: string): Promise<string[]>;
  remove(key: string): Promise<void>;
}

export interface BucketAddress {
  readonly bucket: string;
  readonly key: string;
}

/** `s3://bucket/some/key` taken apart; undefined for anything that does not begin so. Throws BackupError. */
export function parseBucketAddress(text: string): BucketAddress | undefined {
  if (!text.startsWith('s3://')) return undefined;
  const [, bucket, key = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? [];
  // A part that is a dot would be resolved away on the way.
  if (bucket === undefined || key.split('/').some((part) => part === '.' || part === '..') || key.startsWith('/'))
    throw new BackupError(`${text} is no s3://bucket/key`);
  return { bucket, key };
}

export function openBucket(config: ObjectStoreConfig, name: string): Bucket {
  const { accessKeyId, secretAccessKey, sessionToken, region, endpoint } = config;
  const key = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    service: 's3',
    region,
  };
  // AWS gives each bucket a name of its own; other stores are sure to know it in the path only.
  const base =
    endpoint === undefined ? `https://${name}.s3.${region}.amazonaws.com` : `${endpoint.replace(/\/$/, '')}/${name}`;
  const addressOf = (key: string, query: Readonly<Record<string, string>> = {}): string => {
    const path = key.split('/').map(encodeRfc3986).join('/');
    const search = Object.entries(query).map(([word, value]) => `${word}=${encodeRfc3986(value)}`);
    return `${base}/${path}${search.length === 0 ? '' : `?${search.join('&')}`}`;
  };

  /** One request, tried again when the line or the store fails; what the caller did wrong is thrown at once. */
  const ask = async (method: string, address: string, body?: Buffer<ArrayBuffer>): Promise<Response> => {
    const headers = {
      'x-amz-content-sha256': createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
    };
    for (let attempt = 1; ; attempt++) {
      const answer = await attemptOf({ ...key, url: address, method, headers }, body);
      if (answer instanceof Response && (answer.ok || answer.status === 404)) return answer;
      const lasting = answer instanceof Response && answer.status < 500 && answer.status !== 429;
      if (lasting || attempt === attempts) throw await refusalOf(answer, `${method} s3://${name}`);
      if (answer instanceof Response) await answer.body?.cancel();
      await sleep(500 * 2 ** attempt * Math.random());
    }
  };
  const found = async (answer: Response, what: string): Promise<Response> => {
    if (answer.status === 404) throw await refusalOf(answer, what);
    return answer;
  };
  const uriOf = (key: string): string => `s3://${name}/${key}`;

  const store: PartStore = {
    put: async (key, body) => {
      await found(await ask('PUT', addressOf(key), body), uriOf(key));
    },
    begin: async (key) => {
      const answer = await found(await ask('POST', addressOf(key, { uploads: '' })), uriOf(key));
      const id = textOf(await answer.text(), 'UploadId');
      if (id === undefined) throw new BackupError(`${uriOf(key)}: the store named no upload`);
      return id;
    },
    putPart: async (key, uploadId, partNumber, body) => {
      const address = addressOf(key, { partNumber: String(partNumber), uploadId });
      const answer = await found(await ask('PUT', address, body), uriOf(key));
      await answer.body?.cancel();
      return answer.headers.get('etag') ?? '';
    },
    finish: async (key, uploadId, etags) => {
      const parts = etags.map(
        (etag, index) =>
          `<Part><PartNumber>${String(index + 1)}</PartNumber><ETag>${etag.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</ETag></Part>`,
      );
      const xml = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
      const answer = await found(await ask('POST', addressOf(key, { uploadId }), xml), uriOf(key));
      const text = await answer.text();
      // Stores answer 200 before they have put it together, and tell a failure afterwards.
      if (text.includes('<Error>')) throw new BackupError(`${uriOf(key)}: ${describeXml(text)}`);
    },
    giveUp: async (key, uploadId) => {
      await ask('DELETE', addressOf(key, { uploadId }));
    },
  };
  return {
    write: (key) => new PartWriter(store, key),
    archive: (key) => ({
      name: uriOf(key),
      read: async () => {
        const { body } = await found(await ask('GET', addressOf(key)), uriOf(key));
        return body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream<Uint8Array>);
      },
    }),
    exists: async (key) => (await ask('HEAD', addressOf(key))).ok,
    list: async (prefix) => {
      const keys: string[] = [];
      let next: string | undefined;
      do {
        const query = {
          'list-type': '2',
          delimiter: '/',
          prefix,
          ...(next === undefined ? {} : { 'continuation-token': next }),
        };
        const xml = await (await found(await ask('GET', addressOf('', query)), uriOf(prefix))).text();
        for (const [, key = ''] of xml.matchAll(/<Key>([^<]*)<\/Key>/g)) keys.push(decodeXml(key));
        next = textOf(xml, 'IsTruncated') === 'true' ? textOf(xml, 'NextContinuationToken') : undefined;
      } while (next !== undefined);
      return keys;
    },
    remove: async (key) => {
      await ask('DELETE', addressOf(key));
    },
  };
}

async function attemptOf(
  request: ConstructorParameters<typeof AwsV4Signer>[0],
  body: Buffer<ArrayBuffer> | undefined,
): Promise<Response | Error> {
  try {
    // Signed without its body, whose hash is among the headers: a signed request would hold a second copy of it.
    const { method, url, headers } = await new AwsV4Signer(request).sign();
    const signal = AbortSignal.timeout(patience);
    return await fetch(url, { method, headers, body: body ?? null, signal, redirect: 'manual' });
  } catch (error) {
    return error as Error;
  }
}

async function refusalOf(answer: Response | Error, what: string): Promise<BackupError> {
  if (answer instanceof Error) {
    const { cause } = answer;
    const reason = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : answer.message;
    return new BackupError(`${what}: the store cannot be reached (${reason})`, { cause: answer });
  }
  return new BackupError(`${what}: ${String(answer.status)} ${describeXml(await answer.text())}`.trim());
}

const describeXml = (xml: string): string =>
  [textOf(xml, 'Code'), textOf(xml, 'Message')].filter((text) => text !== undefined).join(': ');

/** The text of the first such element. What a store answers is flat enough for this. */
function textOf(xml: string, element: string): string | undefined {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  return text === undefined ? undefined : decodeXml(text);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decodeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) =>
    name === undefined
      ? String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
      : (entities[name] ?? whole),
  );

const encodeRfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

interface PartStore {
  put(key: string, body: Buffer<ArrayBuffer>): Promise<void>;
  begin(key: string): Promise<string>;
  putPart(key: string, uploadId: string, number: number, body: Buffer<ArrayBuffer>): Promise<string>;
  finish(key: string, uploadId: string, etags: readonly string[]): Promise<void>;
  giveUp(key: string, uploadId: string): Promise<void>;
}

/** Gathers parts and sends one at a time; what fits into a single part is sent whole. */
class PartWriter extends Writable implements ObjectWriter {
  readonly #store: PartStore;
  readonly #key: string;
  #chunks: Buffer[] = [];
  #held = 0;
  #uploadId: string | undefined;
  readonly #etags: string[] = [];
  bytes = 0;

  constructor(store: PartStore, key: string) {
    super();
    this.#store = store;
    this.#key = key;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    this.bytes += chunk.length;
    if (this.#held < partSize) done();
    else answer(this.#sendPart(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    answer(this.#finish(), done);
  }

  /** A part that lies there unseen costs money: nothing is left behind. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const uploadId = this.#uploadId;
    this.#uploadId = undefined;
    if (uploadId === undefined) {
      done(error);
      return;
    }
    const tell = (): void => {
      done(error);
    };
    this.#store.giveUp(this.#key, uploadId).then(tell, tell);
  }

  async #sendPart(): Promise<void> {
    this.#uploadId ??= await this.#store.begin(this.#key);
    const part = this.#take();
    this.#etags.push(await this.#store.putPart(this.#key, this.#uploadId, this.#etags.length + 1, part));
  }

  async #finish(): Promise<void> {
    if (this.#uploadId === undefined) {
      await this.#store.put(this.#key, this.#take());
      return;
    }
    if (this.#held > 0) await this.#sendPart();
    await this.#store.finish(this.#key, this.#uploadId, this.#etags);
    this.#uploadId = undefined;
  }

  #take(): Buffer<ArrayBuffer> {
    const part = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#held = 0;
    return part;
  }
}

function answer(work: Promise<void>, done: (error?: Error | null) => void): void {
  work.then(
    () => {
      done();
    },
    (error: unknown) => {
      done(error as Error);
    },
  );
}
