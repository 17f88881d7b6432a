import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { limits } from './limits.ts';
import { FileProblem } from './records.ts';

/** The files within a zip, by name. */
export interface Archive {
  has(name: string): boolean;
  /** The decompressed bytes of one, as they are read. Throws FileProblem. */
  open(name: string): Promise<Readable>;
}

/** More than any table of text can be compressed; what expands further is meant to exhaust memory. */
const greatestRatio = 200;
const smallEnough = 16 * 1024 * 1024;

const isBomb = ({ compressedSize, uncompressedSize }: Entry): boolean =>
  uncompressedSize > limits.unfoldedBytes ||
  (uncompressedSize > smallEnough && uncompressedSize > greatestRatio * compressedSize);

/**
 * Opens a zip that is held in memory. Reading stops when an entry is larger than it claims (yauzl's validateEntrySizes).
 * Throws FileProblem.
 */
export async function openArchive(bytes: Buffer): Promise<Archive> {
  const zip = await readable(fromBufferPromise(bytes));
  if (zip.entryCount > maxEntries) throw new FileProblem('workbook_too_large');
  const entries = await readable(listEntries(zip));
  return {
    has: (name) => entries.has(name),
    open: async (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new FileProblem('broken_workbook');
      if (entry.isEncrypted()) throw new FileProblem('encrypted_workbook');
      if (isBomb(entry)) throw new FileProblem('workbook_too_large');
      return readable(zip.openReadStreamPromise(entry));
    },
  };
}

const maxEntries = 10_000;

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new FileProblem('broken_workbook');
  }
}
