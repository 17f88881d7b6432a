import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config.ts';
import { BackupError } from './backup-error.ts';
import { type Bucket, openBucket, parseBucketAddress } from './bucket.ts';
import { type S3Store, startS3Store } from './testing/s3-store.ts';

const MiB = 1024 * 1024;

describe('a bucket of an S3 store', () => {
  let store: S3Store;
  let bucket: Bucket;

  const open = (name = 'backups', env = {}): Bucket => {
    const { objectStore } = loadConfig({ SECRET_KEY: 'development', ...store.env, ...env });
    if (objectStore === undefined) throw new Error('not configured');
    return openBucket(objectStore, name);
  };
  beforeAll(async () => {
    store = await startS3Store('backups');
  });
  beforeEach(() => {
    bucket = open();
    store.objects.clear();
    store.requests.length = 0;
    store.troubles.length = 0;
  });
  afterAll(() => store.close());

  const send = (key: string, chunks: Iterable<Buffer>): Promise<void> =>
    pipeline(Readable.from(chunks), bucket.write(key));
  const chunksOf = (bytes: Buffer): Buffer[] =>
    Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, n) => bytes.subarray(n * 65_536, (n + 1) * 65_536));

  it.each([0, 1, 8 * MiB - 1, 8 * MiB, 40 * MiB + 7])('takes %i bytes and gives them back', async (size) => {
    const bytes = randomBytes(size);
    const key = "pasta é & co/it's (1)+~.tar.gz";
    await send(key, chunksOf(bytes));
    expect(store.objects.get(key)?.equals(bytes)).toBe(true);
    expect((await buffer(await bucket.archive(key).read())).equals(bytes)).toBe(true);
    expect(await bucket.exists(key)).toBe(true);
    await bucket.remove(key);
    expect(await bucket.exists(key)).toBe(false);
    expect(store.uploads.size).toBe(0);
  });

  it('lists what lies directly under a prefix, page after page', async () => {
    for (const name of ['a/1', 'a/2', 'a/3&4', 'a/5', 'a/6', 'a/b/7', 'c']) await send(name, [Buffer.from('x')]);
    expect(await bucket.list('a/')).toEqual(['a/1', 'a/2', 'a/3&4', 'a/5', 'a/6']);
    expect(await bucket.list('')).toEqual(['c']);
    expect(await bucket.list('nothing/')).toEqual([]);
  });

  it('tries again when store or line fail for a moment', async () => {
    const slowDown = '<Error><Code>SlowDown</Code><Message>later</Message></Error>';
    store.troubles.push(
      { method: 'PUT', query: 'partNumber=2', answer: 'cut' },
      { method: 'PUT', query: 'partNumber=1', answer: { status: 503, body: slowDown } },
      { method: 'POST', query: 'uploads', answer: { status: 500, body: '' } },
    );
    const bytes = randomBytes(20 * MiB);
    await send('again', chunksOf(bytes));
    expect(store.objects.get('again')?.equals(bytes)).toBe(true);
  });

  it('says what the store said, and leaves no part behind', async () => {
    const wrong = open('backups', { AWS_SECRET_ACCESS_KEY: 'another' });
    await expect(wrong.list('')).rejects.toThrow(
      new BackupError('GET s3://backups: 403 SignatureDoesNotMatch: "SignatureDoesNotMatch"'),
    );
    await expect(open('elsewhere').list('')).rejects.toThrow(/NoSuchBucket/);
    await expect(bucket.archive('gone').read()).rejects.toThrow(/^s3:\/\/backups\/gone: 404 NoSuchKey/);
    const denied = '<Error><Code>QuotaExceeded</Code><Message>full</Message></Error>';
    store.troubles.push({ method: 'PUT', query: 'partNumber=2', answer: { status: 403, body: denied } });
    await expect(send('full', chunksOf(randomBytes(40 * MiB)))).rejects.toThrow(/403 QuotaExceeded: full/);
    // An error in the body of a 200 answer is retried like any other.
    for (let attempt = 1; attempt <= 4; attempt++)
      store.troubles.push({ method: 'POST', query: 'uploadId', answer: { status: 200, body: denied } });
    await expect(send('late', chunksOf(randomBytes(20 * MiB)))).rejects.toThrow(/QuotaExceeded/);
    const broken = async function* () {
      yield randomBytes(20 * MiB);
      await Promise.resolve();
      throw new Error('the database went away');
    };
    await expect(pipeline(Readable.from(broken()), bucket.write('broken'))).rejects.toThrow('went away');
    expect([...store.objects.keys()]).toEqual([]);
    await expect.poll(() => store.uploads.size).toBe(0);
    const away = open('backups', { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' });
    await expect(away.exists('x')).rejects.toThrow(/the store cannot be reached/);
  });

  it('has an address like s3://bucket/key', () => {
    expect(parseBucketAddress('/var/backups')).toBeUndefined();
    expect(parseBucketAddress('s3://one-two.3')).toEqual({ bucket: 'one-two.3', key: '' });
    expect(parseBucketAddress('s3://one/a/b/')).toEqual({ bucket: 'one', key: 'a/b/' });
    for (const wrong of ['s3://', 's3:///a', 's3://A/b', 's3://a b/c', 's3://one/../c', 's3://one//c'])
      expect(() => parseBucketAddress(wrong)).toThrow(BackupError);
  });

  it('needs both halves of its key', () => {
    const half = { SECRET_KEY: 'development', AWS_ACCESS_KEY_ID: 'x' };
    expect(() => loadConfig(half)).toThrow(/AWS_SECRET_ACCESS_KEY: got nothing/);
    expect(loadConfig({ SECRET_KEY: 'development' }).objectStore).toBeUndefined();
  });
});
