import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { limits } from '../records/limits.ts';
import { FileProblem } from '../records/records.ts';

/** The files within a zip, by name, ignoring case. */
export interface Archive {
  has(name: string): boolean;
  /** Decompresses a file; each can be opened only once. Throws FileProblem. */
  open(name: string): Promise<Readable>;
}

/** No table of text compresses better than this: a higher ratio is an attack on memory (zip bomb). */
const greatestRatio = 200;
const smallEnough = 16 * 1024 * 1024;

const isBomb = ({ compressedSize, uncompressedSize }: Entry): boolean =>
  uncompressedSize > limits.unfoldedBytes ||
  (uncompressedSize > smallEnough && uncompressedSize > greatestRatio * compressedSize);

/**
 * Opens a zip in memory. Reading fails when an entry is larger than it claims (yauzl's validateEntrySizes).
 * Throws FileProblem.
 */
export async function openArchive(bytes: Buffer): Promise<Archive> {
  const zip = await readable(fromBufferPromise(bytes));
  if (zip.entryCount > limits.entries) throw new FileProblem('workbook_too_large');
  const entries = await readable(listEntries(zip));
  const opened = new Set<Entry>();
  let packed = 0;
  return {
    has: (name) => entries.has(name.toLowerCase()),
    open: async (name) => {
      const entry = entries.get(name.toLowerCase());
      if (entry === undefined || opened.has(entry)) throw new FileProblem('broken_workbook');
      opened.add(entry);
      // Entries that overlap, as in some zip bombs, add up to more bytes than the file has.
      packed += entry.compressedSize;
      if (packed > bytes.length) throw new FileProblem('broken_workbook');
      if (entry.isEncrypted()) throw new FileProblem('encrypted_workbook');
      if (isBomb(entry)) throw new FileProblem('workbook_too_large');
      return readable(zip.openReadStreamPromise(entry));
    },
  };
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase();
    // Two entries with one name: programs differ in which one they use.
    if (entries.has(name)) throw new FileProblem('broken_workbook');
    entries.set(name, entry);
  }
  return entries;
}

async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new FileProblem('broken_workbook');
  }
}
