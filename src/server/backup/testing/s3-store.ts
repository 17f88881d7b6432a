import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

const accessKeyId = 'AKIDEXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const region = 'sa-east-1';
const leastPart = 5 * 1024 * 1024;

/** What the next request that fits gets instead of its answer; `cut` ends the connection. */
export interface Trouble {
  readonly method: string;
  readonly query?: string;
  readonly answer: { readonly status: number; readonly body: string } | 'cut';
}

export interface S3Store {
  readonly endpoint: string;
  readonly env: Readonly<Record<string, string>>;
  readonly objects: Map<string, Buffer>;
  /** Begun and neither finished nor given up. */
  readonly uploads: Map<string, { readonly key: string; readonly parts: Map<number, Buffer> }>;
  readonly requests: string[];
  readonly troubles: Trouble[];
  close(): Promise<void>;
}

/**
 * An S3 store of one bucket in memory that is as strict as Amazon's API reference: signatures (version 4) and hashes of
 * bodies are computed anew, parts have a least size, and lists come in pages, here of two.
 */
export async function startS3Store(bucket: string): Promise<S3Store> {
  const objects: S3Store['objects'] = new Map();
  const uploads: S3Store['uploads'] = new Map();
  const requests: string[] = [];
  const troubles: Trouble[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const url = new URL(request.url ?? '', 'http://store');
      const { method = '' } = request;
      requests.push(`${method} ${request.url ?? ''}`);
      const trouble = troubles.findIndex((one) => one.method === method && url.search.includes(one.query ?? ''));
      const [instead] = trouble === -1 ? [] : troubles.splice(trouble, 1);
      if (instead?.answer === 'cut') request.socket.destroy();
      else if (instead !== undefined) response.writeHead(instead.answer.status).end(instead.answer.body);
      else serve(request, url, body, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  function serve(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): void {
    const { method = '' } = request;
    const refuse = (status: number, code: string): void => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(
        method === 'HEAD'
          ? ''
          : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>&quot;${code}&quot;</Message></Error>`,
      );
    };
    const answer = (status: number, text: string | Buffer = '', headers: Record<string, string> = {}): void => {
      response.writeHead(status, headers).end(text);
    };
    if (!isSigned(request, url, body)) {
      refuse(403, 'SignatureDoesNotMatch');
      return;
    }
    if (url.pathname !== `/${bucket}` && !url.pathname.startsWith(`/${bucket}/`)) {
      refuse(404, 'NoSuchBucket');
      return;
    }
    const key = decodeURIComponent(url.pathname.slice(bucket.length + 2));
    const query = url.searchParams;
    const uploadId = query.get('uploadId') ?? '';
    const upload = uploads.get(uploadId);
    if (method === 'GET' && query.get('list-type') === '2') answer(200, list(query));
    else if (method === 'POST' && query.has('uploads')) {
      const id = randomUUID();
      uploads.set(id, { key, parts: new Map() });
      answer(
        200,
        `<InitiateMultipartUploadResult><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    } else if (uploadId !== '') {
      if (upload?.key !== key) refuse(404, 'NoSuchUpload');
      else if (method === 'PUT') {
        upload.parts.set(Number(query.get('partNumber')), body);
        answer(200, '', { etag: etagOf(body) });
      } else if (method === 'DELETE') {
        uploads.delete(uploadId);
        answer(204);
      } else {
        const whole = putTogether(upload.parts, body.toString());
        if (whole === undefined) refuse(400, 'InvalidPart');
        else {
          uploads.delete(uploadId);
          objects.set(key, whole);
          answer(200, '<CompleteMultipartUploadResult/>');
        }
      }
    } else if (method === 'PUT') {
      objects.set(key, body);
      answer(200, '', { etag: etagOf(body) });
    } else if (method === 'DELETE') {
      objects.delete(key);
      answer(204);
    } else {
      const found = objects.get(key);
      if (found === undefined) refuse(404, 'NoSuchKey');
      else answer(200, method === 'HEAD' ? '' : found);
    }
  }

  function list(query: URLSearchParams): string {
    const prefix = query.get('prefix') ?? '';
    const after = query.get('continuation-token') ?? '';
    const all = [...objects.keys()]
      .filter((key) => key.startsWith(prefix) && !key.slice(prefix.length).includes('/'))
      .sort();
    const rest = all.filter((key) => key > after);
    const page = rest.slice(0, 2);
    const more = rest.length > page.length;
    const contents = page.map((key) => `<Contents><Key>${key.replaceAll('&', '&amp;')}</Key></Contents>`).join('');
    const token = more
      ? `<NextContinuationToken>${page.at(-1)?.replaceAll('&', '&amp;') ?? ''}</NextContinuationToken>`
      : '';
    return `<ListBucketResult><IsTruncated>${String(more)}</IsTruncated>${token}${contents}</ListBucketResult>`;
  }

  return {
    endpoint,
    env: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
      AWS_ENDPOINT_URL_S3: endpoint,
    },
    objects,
    uploads,
    requests,
    troubles,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const etagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`;

function putTogether(parts: ReadonlyMap<number, Buffer>, xml: string): Buffer | undefined {
  const named = [...xml.matchAll(/<Part>(.*?)<\/Part>/g)].map(([, part = '']) => ({
    number: /<PartNumber>(\d+)</.exec(part)?.[1],
    etag: /<ETag>([^<]+)</.exec(part)?.[1]?.replaceAll('&quot;', '"'),
  }));
  const bodies = named.map(({ number, etag }, index) => {
    const body = parts.get(Number(number));
    const isLast = index === named.length - 1;
    const fits = Number(number) === index + 1 && body !== undefined && etagOf(body) === etag;
    return fits && (isLast || body.length >= leastPart) ? body : undefined;
  });
  return named.length === 0 || bodies.includes(undefined) ? undefined : Buffer.concat(bodies as Buffer[]);
}

const sha256 = (text: Buffer | string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The signature worked out from what arrived, by the steps of "Authenticating Requests: Using the Authorization Header". */
function isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
  const { headers, method = '' } = request;
  const authorization = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  const [, credential = '', signedHeaders = '', signature] = authorization ?? [];
  const date = String(headers['x-amz-date']);
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const contentHash = String(headers['x-amz-content-sha256']);
  if (credential !== `${accessKeyId}/${scope}` || contentHash !== sha256(body)) return false;
  const names = signedHeaders.split(';');
  const mustSign = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  if (mustSign.some((name) => !names.includes(name))) return false;
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const canonical = [
    method,
    url.pathname
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    query.join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signedHeaders,
    contentHash,
  ].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${secretAccessKey}`, date.slice(0, 8)));
  const late = Math.abs(Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')) - Date.now());
  return (
    late < 900_000 &&
    signature === hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex')
  );
}
