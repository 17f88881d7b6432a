import type { ByteSource } from '../reading/records/source.ts';

/** A file that is in memory. */
export const memorySource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  // oxlint-disable-next-line typescript/require-await -- a source is asynchronous, this one is ready
  async *read() {
    for (let at = 0; at < bytes.length; at += 256 * 1024) yield bytes.subarray(at, at + 256 * 1024);
  },
});
