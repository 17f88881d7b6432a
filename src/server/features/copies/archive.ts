import { createHash, type Hash } from 'node:crypto';
import { PassThrough, Readable, Transform } from 'node:stream';
import { ZipFile } from 'yazl';
import { writeDataJson } from '../clients/api.ts';
import type { Contributions, CopyFile } from '../../feature.ts';
import { type ApartCounts, apartLaws, keepApart } from './apart.ts';
import type { DataParts } from '../clients/api.ts';
import { writePdf } from './pdf/write-pdf.ts';

export interface CopyContent {
  /** Begins to read what is stored about the person; once for each form in which the archive has it. */
  readonly open: () => DataParts;
  readonly files: AsyncIterable<CopyFile>;
  /** IANA; times in the PDF are the clinic's. */
  readonly timeZone: string;
}

interface Entry {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** How many characters of a file's own name its name in the archive keeps. */
const nameLength = 100;

/** A name that every system can unpack, inside the archive's folder. */
const nameInArchive = (name: string, number: number): string =>
  `arquivos/${String(number).padStart(4, '0')}-${name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
    .replaceAll('..', '_')
    .slice(-nameLength)}`;

/**
 * A person's copy as a ZIP: `dados.json`, `dados.pdf`, `arquivos/` and, last, `manifest.json` with the SHA-256 of each of them and
 * with what was left out. Streamed: what is held at any time is a page of rows and a chunk of a file.
 */
export class CopyArchive {
  /** What was left out, by the reason; complete when the archive is. */
  readonly leftOut: ApartCounts = new Map();
  readonly #entries: Entry[] = [];
  readonly #zip = new ZipFile();

  /** Begins to write. Errors of reading destroy the stream. */
  write(content: CopyContent, contributions: Pick<Contributions, 'clientRecords'>): Readable {
    const output = new PassThrough();
    this.#zip.outputStream.pipe(output);
    this.#add(content, contributions).catch((error: unknown) => {
      output.destroy(error as Error);
    });
    return output;
  }

  async #add({ open, files, timeZone }: CopyContent, contributions: Pick<Contributions, 'clientRecords'>) {
    await this.#addEntry('dados.json', () =>
      Readable.from(writeDataJson(keepApart(open(), contributions, this.leftOut))),
    );
    await this.#addEntry('dados.pdf', () => writePdf(keepApart(open(), contributions, new Map()), timeZone));
    let number = 0;
    for await (const file of files) await this.#addEntry(nameInArchive(file.name, (number += 1)), file.open);
    this.#zip.addBuffer(Buffer.from(`${JSON.stringify(this.#manifest(), null, 2)}\n`), 'manifest.json');
    this.#zip.end();
  }

  /** Resolves when the entry was written. */
  async #addEntry(name: string, open: () => Readable | Promise<Readable>): Promise<void> {
    const source = await open();
    const measure = new Measure();
    const written = new Promise<void>((resolve, reject) => {
      measure.once('end', resolve);
      measure.once('error', reject);
      source.once('error', (error) => measure.destroy(error));
    });
    // Pictures and PDFs are compressed already.
    this.#zip.addReadStream(source.pipe(measure), name, { compress: name.endsWith('.json') });
    await written;
    this.#entries.push({ name, ...measure.result() });
  }

  #manifest() {
    return {
      format: 'acolhe-copy',
      version: 1,
      generatedAt: new Date().toISOString(),
      files: this.#entries,
      leftOut: [...this.leftOut].map(([reason, count]) => ({ reason, count, law: apartLaws[reason] })),
    };
  }
}

/** Counts and hashes what passes through. */
class Measure extends Transform {
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, data: Buffer) => void): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    done(null, chunk);
  }

  result(): Omit<Entry, 'name'> {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}
