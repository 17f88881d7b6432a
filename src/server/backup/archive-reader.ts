import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import type { z } from 'zod';
import { type ArchiveSource, firstBytes, nameOf, readSource } from './archive-source.ts';
import { BackupError } from './backup-error.ts';
import { ageMagic, decrypt, type DecryptWith, toWeb } from './encryption.ts';
import { archiveFormat, archiveHead, type ArchiveHead, archiveManifest, type ArchiveManifest } from './manifest.ts';
import { createSealCheck } from './seal.ts';

const largestJson = 16 * 1024 * 1024;

/** One entry, whose body has to be read to its end before the next entry is asked for. */
interface Entry {
  readonly name: string;
  readonly size: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** What to do with an archive, told in the order it is read. */
export interface ArchiveVisitor {
  head(head: ArchiveHead): Promise<void>;
  /** A piece of a table's rows; those of one table come one after the other. */
  rows(table: string, chunk: Uint8Array): Promise<void>;
  /** Everything was read, and the archive is whole. */
  end(manifest: ArchiveManifest): Promise<void>;
}

/**
 * Reads an archive once, from front to back, in bounded memory. Throws BackupError when it is not one, is damaged or
 * cannot be opened; whatever the visitor throws comes through.
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
  // Also reaches the entries below, which then end in the same failure.
  reading.catch(() => undefined);
  let manifest: ArchiveManifest;
  try {
    manifest = await readEntries(entriesOf(decoder.readable), visitor);
  } catch (error) {
    stopping.abort();
    await Promise.allSettled([opening, unpacking]);
    throw error;
  }
  await damageAsSuch(reading);
  await visitor.end(manifest);
}

/**
 * Reads a file to its end and checks its seal, without looking inside. Throws BackupError when it is damaged. An encrypted
 * one is left to its reading, since what age hands out has been authenticated piece by piece.
 */
export async function checkSeal(file: ArchiveSource): Promise<void> {
  if (isEncrypted(await firstBytes(file, ageMagic.length))) return;
  const source = await readSource(file);
  await damageAsSuch(
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
  const start = await firstBytes(file, ageMagic.length);
  const name = nameOf(file);
  const encrypted = isEncrypted(start);
  if (!encrypted && start.readUInt16BE(0) !== 0x1f8b) throw new BackupError(`${name} is not a backup archive`);
  if (encrypted && key === undefined)
    throw new BackupError(`${name} is encrypted: give its passphrase (--passphrase-file) or key (--identity)`);
  const stream = await readSource(file);
  return encrypted && key !== undefined ? decrypt(stream, key) : stream;
}

const isEncrypted = (start: Buffer): boolean => start.toString('latin1').startsWith(ageMagic);

async function* entriesOf(stream: ReadableStream<ParsedTarEntry>): AsyncGenerator<Entry> {
  for await (const { header, body } of stream) yield { name: header.name, size: header.size, body };
}

async function readEntries(entries: AsyncGenerator<Entry>, visitor: ArchiveVisitor): Promise<ArchiveManifest> {
  let headRead = false;
  let manifest: ArchiveManifest | undefined;
  for (;;) {
    const next = await damageAsSuch(entries.next());
    if (next.done === true) break;
    const entry = next.value;
    const table = /^tables\/([a-z_][a-z0-9_]*)\/\d{6}$/.exec(entry.name)?.[1];
    if (manifest !== undefined) throw damaged();
    if (!headRead) {
      if (entry.name !== 'backup.json') throw damaged();
      await visitor.head(parseHead(await readJson(entry)));
      headRead = true;
    } else if (entry.name === 'manifest.json') manifest = parse(archiveManifest, await readJson(entry));
    else if (table === undefined) throw damaged();
    else await readRows(entry, table, visitor);
  }
  if (manifest === undefined) throw damaged();
  return manifest;
}

async function readRows(entry: Entry, table: string, visitor: ArchiveVisitor): Promise<void> {
  const chunks = entry.body[Symbol.asyncIterator]();
  for (;;) {
    const next = await damageAsSuch(chunks.next());
    if (next.done === true) return;
    await visitor.rows(table, next.value);
  }
}

async function readJson(entry: Entry): Promise<unknown> {
  if (entry.size > largestJson) throw damaged();
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of entry.body) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw damaged(error);
  }
}

function parseHead(value: unknown): ArchiveHead {
  const format = (value as { readonly format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > archiveFormat)
    throw new BackupError('the archive was made by a newer release, in a format that this one does not know');
  return parse(archiveHead, value);
}

function parse<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (!result.success) throw damaged(result.error);
  return result.data;
}

const damaged = (cause?: unknown): BackupError =>
  new BackupError('the archive is damaged: it is cut short, or a byte in it has changed', { cause });

/** Failures of gzip, tar and age all mean the same to whoever holds the file. */
async function damageAsSuch<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof BackupError ? error : damaged(error);
  }
}
