import { detectEncoding, type Reading } from './detect-encoding.ts';
import { BrokenText, createTextReader } from './encodings.ts';
import type { Encoding } from '../../../../../shared/import-choices.ts';
import { FileProblem } from '../records/records.ts';
import { type ByteSource, bytesAfter } from '../records/source.ts';

/** A text file with known encoding. */
interface TextSource {
  readonly encoding: Encoding;
  /** Reads the text from its start in pieces, without byte order mark. Can be called repeatedly. Throws FileProblem. */
  readonly read: () => AsyncGenerator<string>;
}

/** Opens a text in the encoding that a person chose, or the detected one. Throws FileProblem. */
export async function openText(source: ByteSource, chosen: Encoding | undefined): Promise<TextSource> {
  const detected = await detectEncoding(source);
  const encoding = chosen ?? detected.encoding;
  if (encoding === undefined) throw inDoubt(detected.readings ?? []);
  const bom = encoding.startsWith('utf-16') && detected.encoding !== encoding ? 0 : detected.bom;
  return { encoding, read: () => decode(source, encoding, bom) };
}

/** Without any possible encoding the file is no client list. */
const inDoubt = (readings: readonly Reading[]): FileProblem =>
  readings.length > 0
    ? new FileProblem('ambiguous_encoding', { details: { readings } })
    : new FileProblem('unknown_format');

/** Bytes that are decoded at once; few, because rows of two bytes take fifty times their size in memory. */
const pieceLength = 64 * 1024;

async function* decode(source: ByteSource, encoding: Encoding, bom: number): AsyncGenerator<string> {
  const reader = createTextReader(encoding);
  try {
    for await (const part of bytesAfter(source, bom)) {
      for (let at = 0; at < part.length; at += pieceLength) {
        const text = reader.push(part.subarray(at, at + pieceLength));
        if (text !== '') yield text;
      }
    }
    const text = reader.end();
    if (text !== '') yield text;
  } catch (error) {
    if (error instanceof BrokenText) throw new FileProblem('broken_text', { details: { encoding } });
    throw error;
  }
}
