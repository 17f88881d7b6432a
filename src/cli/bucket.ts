import type { Bucket } from '../server/backup/bucket.ts';
import type { Config } from '../server/config.ts';
import { CommandFailure } from './failure.ts';

/** Opens the bucket of `s3://bucket/key`. Throws CommandFailure for another form, or without credentials in the environment. */
export async function openBucketAt(
  address: string,
  { objectStore }: Config,
): Promise<{ readonly bucket: Bucket; readonly key: string }> {
  const { openBucket, parseBucketAddress } = await import('../server/backup/bucket.ts');
  const parsed = parseBucketAddress(address);
  if (parsed === undefined) throw new CommandFailure(`${address} is no s3://bucket/key.`);
  if (objectStore === undefined)
    throw new CommandFailure('For s3://… set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.');
  return { bucket: openBucket(objectStore, parsed.bucket), key: parsed.key };
}
