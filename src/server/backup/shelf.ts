import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Bucket } from './bucket.ts';
import { writeWholeFile } from './whole-file.ts';

/** Where archives lie, and small files beside them: a folder, or a prefix of a bucket. */
export interface Shelf {
  /** Its name in messages. */
  readonly name: string;
  /** The names directly on it. */
  list(): Promise<string[]>;
  read(name: string): Promise<string>;
  /** Writes a whole file, or replaces it. */
  write(name: string, content: string): Promise<void>;
}

/** The folder of a file. */
export function shelfOfFile(file: string): Shelf {
  const folder = dirname(file);
  return {
    name: folder,
    list: () => readdir(folder),
    read: (name) => readFile(join(folder, name), 'utf8'),
    write: async (name, content) => {
      await writeWholeFile(join(folder, name), async (output) => {
        await pipeline(Readable.from([content]), output);
        return {};
      });
    },
  };
}

/** The prefix of an object's key that stands for its folder; empty at the top of a bucket. */
export const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);

/** Beside an object of a bucket. All calls throw BackupError with the store's answer. */
export function shelfOfObject(bucket: Bucket, key: string): Shelf {
  const prefix = folderOf(key);
  return {
    name: bucket.archive(prefix).name,
    list: async () => (await bucket.list(prefix)).map((found) => found.slice(prefix.length)),
    read: async (name) => text(await bucket.archive(`${prefix}${name}`).read()),
    write: (name, content) => pipeline(Readable.from([content]), bucket.write(`${prefix}${name}`)),
  };
}
