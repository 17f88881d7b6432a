import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import type { z } from 'zod';
import { type ArchiveSource, readFirstBytes, getSourceName, readSource } from './archive-source.ts';
import { BackupError } from './backup-error.ts';
import { ageMagic, decrypt, type DecryptWith, toWeb } from './encryption.ts';
import {
  archiveHead,
  type ArchiveHead,
  clinicArchiveFormat,
  archiveManifest,
  type ArchiveManifest,
} from './manifest.ts';
import { createSealCheck } from './seal.ts';

const largestJson = 16 * 1024 * 1024;

/** One entry. Its body has to be read to the end before the next entry. */
interface Entry {
  readonly name: string;
  readonly size: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Receives the contents of an archive, in order. */
export interface ArchiveVisitor {
  head(head: ArchiveHead): Promise<void>;
  /** Part of a table's rows. All parts of a table follow one another. */
  rows(table: string, chunk: Uint8Array): Promise<void>;
  /** Everything was read and the archive is undamaged. */
  end(manifest: ArchiveManifest): Promise<void>;
}

/**
 * Reads an archive once, from start to end, in bounded memory. Throws BackupError when it is no archive, is damaged or cannot
 * be decrypted, and whatever the visitor throws.
 */
export async function readArchive(
  file: ArchiveSource,
  key: DecryptWith | undefined,
  visitor: ArchiveVisitor,
): Promise<void> {
  const stopping = new AbortController();
  const tar = createGunzip();
  const decoder = createTarDecoder({ strict: true });
  const opening = pipeline(await openSource(file, key), createSealCheck(), tar, { signal: stopping.signal });
  const unpacking = toWeb(tar).pipeTo(decoder.writable);
  const reading = Promise.all([opening, unpacking]);
  // The entries below end with the same error, so it is not lost here.
  reading.catch(() => undefined);
  const entries = iterateEntries(decoder.readable);
  let manifest: ArchiveManifest;
  try {
    manifest = await readEntries(entries, visitor);
  } catch (error) {
    stopping.abort();
    // What is unpacked already waits for a reader, and would do so for ever.
    await entries.return(undefined);
    await Promise.allSettled([opening, unpacking]);
    throw error;
  }
  await reportDamage(reading);
  await visitor.end(manifest);
}

/**
 * Reads a file to its end and checks its seal, without unpacking it. Throws BackupError when it is damaged. Does nothing for an
 * encrypted one: age authenticates every piece while it is decrypted.
 */
export async function checkSeal(file: ArchiveSource): Promise<void> {
  if (isEncrypted(await readStart(file))) return;
  const source = await readSource(file);
  await reportDamage(
    pipeline(
      source,
      createSealCheck(),
      new Writable({
        write: (_chunk, _encoding, done) => {
          done();
        },
      }),
    ),
  );
}

async function openSource(file: ArchiveSource, key: DecryptWith | undefined): Promise<Readable> {
  const encrypted = isEncrypted(await readStart(file));
  if (encrypted && key === undefined)
    throw new BackupError(
      `${getSourceName(file)} is encrypted: give its passphrase (--passphrase-file) or key (--identity)`,
    );
  const stream = await readSource(file);
  return encrypted && key !== undefined ? decrypt(stream, key) : stream;
}

/** The first bytes of an archive. Throws BackupError when they are those of another file. */
async function readStart(file: ArchiveSource): Promise<Buffer> {
  const start = await readFirstBytes(file, ageMagic.length);
  if (!isEncrypted(start) && start.readUInt16BE(0) !== 0x1f8b)
    throw new BackupError(`${getSourceName(file)} is not a backup archive`);
  return start;
}

const isEncrypted = (start: Buffer): boolean => start.toString('latin1').startsWith(ageMagic);

async function* iterateEntries(stream: ReadableStream<ParsedTarEntry>): AsyncGenerator<Entry> {
  for await (const { header, body } of stream) yield { name: header.name, size: header.size, body };
}

async function readEntries(entries: AsyncGenerator<Entry>, visitor: ArchiveVisitor): Promise<ArchiveManifest> {
  let headRead = false;
  let manifest: ArchiveManifest | undefined;
  for (;;) {
    const next = await reportDamage(entries.next());
    if (next.done === true) break;
    const entry = next.value;
    const table = /^tables\/([a-z_][a-z0-9_]*)\/\d{6}$/.exec(entry.name)?.[1];
    if (manifest !== undefined) throw createDamageError();
    if (!headRead) {
      if (entry.name !== 'backup.json') throw createDamageError();
      await visitor.head(parseHead(await readJson(entry)));
      headRead = true;
    } else if (entry.name === 'manifest.json') manifest = parse(archiveManifest, await readJson(entry));
    else if (table === undefined) throw createDamageError();
    else await readRows(entry, table, visitor);
  }
  if (manifest === undefined) throw createDamageError();
  return manifest;
}

async function readRows(entry: Entry, table: string, visitor: ArchiveVisitor): Promise<void> {
  const chunks = entry.body[Symbol.asyncIterator]();
  for (;;) {
    const next = await reportDamage(chunks.next());
    if (next.done === true) return;
    await visitor.rows(table, next.value);
  }
}

async function readJson(entry: Entry): Promise<unknown> {
  if (entry.size > largestJson) throw createDamageError();
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of entry.body) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw createDamageError(error);
  }
}

function parseHead(value: unknown): ArchiveHead {
  const format = (value as { readonly format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > clinicArchiveFormat)
    throw new BackupError('the archive was made by a newer release, in a format that this one does not know');
  return parse(archiveHead, value);
}

function parse<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (!result.success) throw createDamageError(result.error);
  return result.data;
}

const createDamageError = (cause?: unknown): BackupError =>
  new BackupError('the archive is damaged: it is cut short, or a byte in it has changed', { cause });

/** Turns errors of gzip, tar and age into BackupError: all of them mean that the file is damaged. */
async function reportDamage<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof BackupError ? error : createDamageError(error);
  }
}
