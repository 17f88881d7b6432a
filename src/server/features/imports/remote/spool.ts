import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../reading/records/source.ts';
import { RemoteProblem } from './remote-problem.ts';

const largest = 4 * 1024 * 1024 * 1024;
const readAtOnce = 256 * 1024;

/**
 * Keeps what was fetched until it is imported, so that the transaction is short and an import that starts over does not fetch
 * again. The data is on disk, to save memory, in a deleted file, which disappears with the process.
 */
export class Spool implements ByteSource {
  readonly #file: FileHandle;
  #size = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(): Promise<Spool> {
    const folder = await mkdtemp(join(tmpdir(), 'acolhe-remote-'));
    try {
      return new Spool(await open(join(folder, 'clients'), 'wx+', 0o600));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  get size(): number {
    return this.#size;
  }

  /** Appends. Throws RemoteProblem if it becomes too large. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#size + bytes.length > largest) throw new RemoteProblem('There is no end to what the other system sends.');
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, this.#size);
      at += bytesWritten;
      this.#size += bytesWritten;
    }
  }

  async empty(): Promise<void> {
    this.#size = 0;
    await this.#file.truncate();
  }

  async *read(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < this.#size;) {
      const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(readAtOnce), 0, readAtOnce, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
