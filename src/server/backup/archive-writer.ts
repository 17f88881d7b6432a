import { PassThrough, type Readable, type Writable } from 'node:stream';
import { Readable as NodeReadable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGzip } from 'node:zlib';
import { createTarPacker } from 'modern-tar';
import { encrypt, type EncryptTo } from './encryption.ts';
import { createSealer } from './seal.ts';

/** Bytes per entry of a table. tar needs the length before the content, so this much is held in memory. */
const partSize = 4 * 1024 * 1024;

export interface ArchiveWriter {
  addJson(name: string, value: unknown): Promise<void>;
  /** Adds a stream in parts: `<folder>/000001`, `<folder>/000002` … */
  addParts(folder: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** Ends the archive and waits until everything is written to `output`. */
  finish(): Promise<void>;
  /** Gives up and destroys `output`. */
  abort(reason: unknown): Promise<void>;
}

/** Writes an archive: tar in gzip with a seal (seal.ts), encrypted by age if asked. */
export async function createArchive(output: Writable, encryptTo: EncryptTo | undefined): Promise<ArchiveWriter> {
  const { readable, controller } = createTarPacker();
  const tar = NodeReadable.fromWeb(readable as ReadableStream<Uint8Array>);
  const sealed = new PassThrough();
  const packed = pipeline(tar, createGzip({ level: 6 }), createSealer(), sealed);
  // finish() and abort() await it; until then an error shows in the write that fails.
  packed.catch(() => undefined);
  const content: Readable = encryptTo === undefined ? sealed : await encrypt(sealed, encryptTo);
  const written = pipeline(content, output);
  written.catch((error: unknown) => {
    controller.error(error);
  });

  const add = async (name: string, bytes: Uint8Array): Promise<void> => {
    const body = controller.add({ name, size: bytes.length, mode: 0o600, mtime: new Date(0) }).getWriter();
    await body.write(bytes);
    await body.close();
  };
  return {
    addJson: (name, value) => add(name, Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`)),
    async addParts(folder, content) {
      let number = 0;
      for await (const part of cutIntoParts(content)) {
        number += 1;
        await add(`${folder}/${String(number).padStart(6, '0')}`, part);
      }
    },
    async finish() {
      controller.finalize();
      await Promise.all([packed, written]);
    },
    async abort(reason) {
      controller.error(reason);
      await Promise.allSettled([packed, written]);
    },
  };
}

async function* cutIntoParts(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content) {
    chunks.push(chunk);
    size += chunk.length;
    if (size < partSize) continue;
    yield Buffer.concat(chunks);
    chunks = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(chunks);
}
