import { Readable } from 'node:stream';
import type * as S3 from '@aws-sdk/client-s3';
import type { ObjectStoreConfig } from '../config.ts';
import type { StoredArchive } from './archive-source.ts';
import { BackupError } from './backup-error.ts';
import { ObjectUpload, type ObjectWriter } from './object-upload.ts';

/** Bytes per part, which are held in memory. S3 takes at most 10,000 parts (here 80 GB) and none below 5 MiB. */
const partSize = 8 * 1024 * 1024;
const maxAttempts = 4;
/** Milliseconds; enough for one part over a slow line. */
const requestTimeout = 600_000;

/** A bucket of an S3 store. All functions throw BackupError with the store's answer. */
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

/** Parses `s3://bucket/some/key`. @returns undefined for text that is not such a URL. Throws BackupError for a bad one. */
export function parseBucketAddress(text: string): BucketAddress | undefined {
  if (!text.startsWith('s3://')) return undefined;
  const [, bucket, key = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? [];
  // URL parsing on the way would remove `.` and `..`.
  if (bucket === undefined || key.split('/').some((part) => part === '.' || part === '..') || key.startsWith('/'))
    throw new BackupError(`${text} is no s3://bucket/key`);
  return { bucket, key };
}

/** Opens a bucket. Before the first call nothing is sent and the SDK is not loaded. */
export function openBucket(config: ObjectStoreConfig, name: string): Bucket {
  let client: Promise<S3.S3Client> | undefined;
  const call = async <Answer>(
    { method, key }: { readonly method: string; readonly key: string },
    work: (client: S3.S3Client, s3: typeof S3) => Promise<Answer>,
  ): Promise<Answer> => {
    try {
      return await work(await (client ??= connect(config)), await import('@aws-sdk/client-s3'));
    } catch (error) {
      throw toBackupError(error, { method, bucket: name, key });
    }
  };
  return {
    write: (key) =>
      new ObjectUpload((Body) =>
        call({ method: 'PUT', key }, async (client) => {
          const { Upload } = await import('@aws-sdk/lib-storage');
          await new Upload({ client, params: { Bucket: name, Key: key, Body }, partSize, queueSize: 1 }).done();
        }),
      ),
    archive: (key) => ({
      name: `s3://${name}/${key}`,
      read: () =>
        call({ method: 'GET', key }, async (client, { GetObjectCommand }) => {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: key }));
          // On Node.js the SDK returns Node's own stream.
          return (Body as Readable | undefined) ?? Readable.from([]);
        }),
    }),
    exists: (key) =>
      call({ method: 'HEAD', key }, async (client, { HeadObjectCommand }) => {
        try {
          await client.send(new HeadObjectCommand({ Bucket: name, Key: key }));
          return true;
        } catch (error) {
          if (readStatus(error) === 404) return false;
          throw error;
        }
      }),
    list: (Prefix) =>
      call({ method: 'GET', key: Prefix }, async (client, { paginateListObjectsV2 }) => {
        const keys: string[] = [];
        for await (const page of paginateListObjectsV2({ client }, { Bucket: name, Delimiter: '/', Prefix }))
          keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
        return keys;
      }),
    remove: (key) =>
      call({ method: 'DELETE', key }, async (client, { DeleteObjectCommand }) => {
        await client.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
      }),
  };
}

async function connect(config: ObjectStoreConfig): Promise<S3.S3Client> {
  const { accessKeyId, secretAccessKey, sessionToken, region, endpoint } = config;
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    // AWS has a host name for each bucket; for other stores only the path is certain to work.
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    maxAttempts,
    requestHandler: { requestTimeout, connectionTimeout: 10_000 },
    // Many stores do not know AWS's newer checksums. The archive has its own seal.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** The HTTP status of the store's answer; undefined when it did not answer. */
const readStatus = (error: unknown): number | undefined => {
  const { $metadata, $response } = error as Partial<S3.S3ServiceException>;
  return $metadata?.httpStatusCode ?? ($response as { statusCode?: number } | undefined)?.statusCode;
};

interface Request {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
}

function toBackupError(error: unknown, { method, bucket, key }: Request): BackupError {
  if (error instanceof BackupError) return error;
  const { name, message, code } = error as NodeJS.ErrnoException;
  const status = readStatus(error);
  // For a missing object name the key; every other error concerns the bucket.
  const what = status === 404 ? `s3://${bucket}/${key}` : `${method} s3://${bucket}`;
  if (status === undefined)
    return new BackupError(`${what}: the store cannot be reached (${code ?? message})`, { cause: error });
  return new BackupError(`${what}: ${String(status)} ${name}: ${message}`, { cause: error });
}
