import { createHash, randomUUID } from 'node:crypto';

const leastPart = 5 * 1024 * 1024;

export interface S3Contents {
  readonly objects: Map<string, Buffer>;
  /** Multipart uploads in progress. */
  readonly uploads: Map<string, { readonly key: string; readonly parts: Map<number, Buffer> }>;
}

/** A signed request for a bucket or one of its objects. */
interface S3Request {
  readonly method: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

export interface S3Answer {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export const refuse = (status: number, code: string): S3Answer => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>&quot;${code}&quot;</Message></Error>`,
  headers: { 'content-type': 'application/xml' },
});

/** Answers a request. */
export function answer(contents: S3Contents, request: S3Request): S3Answer {
  const { method, key, query, body } = request;
  const { objects, uploads } = contents;
  if (method === 'GET' && query.get('list-type') === '2') return { status: 200, body: list(contents, query) };
  if (method === 'POST' && query.has('uploads')) {
    const id = randomUUID();
    uploads.set(id, { key, parts: new Map() });
    const ids = `<Key>${key}</Key><UploadId>${id}</UploadId>`;
    return { status: 200, body: `<InitiateMultipartUploadResult>${ids}</InitiateMultipartUploadResult>` };
  }
  const uploadId = query.get('uploadId') ?? '';
  if (uploadId !== '') return answerUpload(contents, request, uploadId);
  if (method === 'PUT') {
    objects.set(key, body);
    return { status: 200, headers: { etag: etagOf(body) } };
  }
  if (method === 'DELETE') {
    objects.delete(key);
    return { status: 204 };
  }
  const found = objects.get(key);
  return found === undefined ? refuse(404, 'NoSuchKey') : { status: 200, body: found };
}

function answerUpload({ objects, uploads }: S3Contents, { method, key, query, body }: S3Request, id: string): S3Answer {
  const upload = uploads.get(id);
  if (upload?.key !== key) return refuse(404, 'NoSuchUpload');
  if (method === 'PUT') {
    upload.parts.set(Number(query.get('partNumber')), body);
    return { status: 200, headers: { etag: etagOf(body) } };
  }
  if (method === 'DELETE') {
    uploads.delete(id);
    return { status: 204 };
  }
  const whole = putTogether(upload.parts, body.toString());
  if (whole === undefined) return refuse(400, 'InvalidPart');
  uploads.delete(id);
  objects.set(key, whole);
  return { status: 200, body: '<CompleteMultipartUploadResult/>' };
}

function list({ objects }: S3Contents, query: URLSearchParams): string {
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
