import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Bytes that can be read more than once: first to detect the encoding, then to parse. */
export interface ByteSource {
  readonly size: number;
  read(): AsyncIterable<Uint8Array>;
}

/** A source for a file on this machine. Throws when it cannot be read. */
export async function fileSource(path: string): Promise<ByteSource> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error(`${path} is not a file`);
  return { size: found.size, read: () => createReadStream(path, { highWaterMark: 64 * 1024 }) };
}

/** The bytes of a source after the first `skip`. */
export async function* bytesAfter(source: ByteSource, skip: number): AsyncGenerator<Uint8Array> {
  let left = skip;
  for await (const part of source.read()) {
    if (left < part.length) yield part.subarray(left);
    left = Math.max(0, left - part.length);
  }
}

/** The first bytes of a source, at most `count`. */
export async function firstBytes(source: ByteSource, count: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of source.read()) {
    parts.push(part);
    length += part.length;
    if (length >= count) break;
  }
  return Buffer.concat(parts).subarray(0, count);
}

/** Wraps a source so that `position` tells how many bytes have been read. */
export function measured(source: ByteSource): ByteSource & { readonly position: () => number } {
  let taken = 0;
  return {
    size: source.size,
    position: () => taken,
    async *read() {
      taken = 0;
      for await (const bytes of source.read()) {
        taken += bytes.length;
        yield bytes;
      }
    },
  };
}
