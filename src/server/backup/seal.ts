import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { BackupError } from './backup-error.ts';

/**
 * The end of every archive: an empty gzip member (RFC 1952) whose extra field contains the SHA-256 of all bytes before it.
 * Other programs ignore it. It reveals every changed, missing or added byte, even those that gzip itself ignores.
 */
function createSeal(digest: Buffer): Buffer {
  const flags = { magic: [0x1f, 0x8b], deflate: 8, extra: 4 };
  const subfield = Buffer.concat([Buffer.from('AC'), Buffer.from([digest.length, 0]), digest]);
  return Buffer.concat([
    Buffer.from([...flags.magic, flags.deflate, flags.extra, 0, 0, 0, 0, 0, 0xff, subfield.length, 0]),
    subfield,
    // An empty final block, then CRC-32 and length of no data.
    Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  ]);
}

const sealLength = createSeal(Buffer.alloc(32)).length;

/** Appends the seal. */
export function createSealer(): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(null, createSeal(hash.digest()));
    },
  });
}

/** Passes on everything before the seal; fails at the end with BackupError when the seal does not match. */
export function createSealCheck(): Transform {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      const all = Buffer.concat([held, chunk]);
      const ready = all.subarray(0, Math.max(0, all.length - sealLength));
      held = all.subarray(ready.length);
      hash.update(ready);
      done(null, ready);
    },
    flush(done) {
      if (held.equals(createSeal(hash.digest()))) done();
      else done(new BackupError('the archive is damaged: it is cut short, or a byte in it has changed'));
    },
  });
}
