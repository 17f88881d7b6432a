import type { Encoding } from '../../../../../shared/import-choices.ts';
import { isAscii, isUtf8 } from 'node:buffer';
import { createTextReader } from './encodings.ts';
import { isStrange } from './strange-signs.ts';
import { type ByteSource, bytesAfter, firstBytes } from '../records/source.ts';

/** Sample lines of the file, read in one encoding. */
export interface Reading {
  readonly encoding: Encoding;
  readonly lines: readonly string[];
}

export interface Detected {
  readonly encoding?: Encoding;
  /** Instead of an encoding when several are possible: a person has to choose. */
  readonly readings?: readonly Reading[];
  /** Length of the byte order mark; 0 without one. */
  readonly bom: number;
}

interface Counts {
  /** The number of bytes that are not part of a UTF-8 character. */
  broken: number;
  /** Whether there is a valid UTF-8 character beyond ASCII. */
  whole: boolean;
  /** Whether there is a byte that can hardly be Windows-1252 where it stands. */
  strange: boolean;
  /** Whether there are letters that look like UTF-8 read as Windows-1252 and encoded again. */
  twice: boolean;
  /** The number of NUL bytes at even and odd positions. */
  readonly nuls: [number, number];
  length: number;
  /** Lines to show to a person in case of doubt. */
  readonly samples: Uint8Array[];
}

/**
 * Detects the encoding from all bytes, before any are parsed. Never guesses: if several are possible, returns them all, with
 * lines that show the difference.
 */
export async function detectEncoding(source: ByteSource): Promise<Detected> {
  const counts: Counts = {
    broken: 0,
    whole: false,
    strange: false,
    twice: false,
    nuls: [0, 0],
    length: 0,
    samples: [],
  };
  const start = await firstBytes(source, 3);
  const wide = markedWide(start);
  if (wide !== undefined) return { encoding: wide, bom: 2 };
  // Some software puts the UTF-8 mark in front of other encodings too, so the bytes decide.
  const bom = isMarkedUtf8(start) ? 3 : 0;
  let held = Buffer.alloc(0);
  for await (const part of bytesAfter(source, bom)) {
    const bytes = Buffer.concat([held, part]);
    const end = wholeCharacters(bytes);
    look(bytes.subarray(0, end), counts);
    held = bytes.subarray(end);
  }
  look(held, counts);
  const concluded = conclude(counts);
  return typeof concluded === 'string' ? { encoding: concluded, bom } : { readings: concluded, bom };
}

const isMarkedUtf8 = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

function markedWide(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** The length without a last character that is cut off. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return back < lengthOf(byte) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

const lengthOf = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);

function look(bytes: Buffer, counts: Counts): void {
  if (counts.length < 65_536) countNuls(bytes.subarray(0, 65_536), counts);
  counts.length += bytes.length;
  if (isAscii(bytes)) return;
  if (isUtf8(bytes)) {
    counts.whole = true;
    // “Ã” followed by a character from the second byte of “ã”, “ç”, “é”, “á” or “ó”.
    const found = bytes.indexOf(Buffer.from([0xc3, 0x83, 0xc2]));
    if (found >= 0 && /[\u00a0-\u00bf]/.test(bytes.toString('utf8', found + 2, found + 4))) {
      counts.twice = true;
      keepSample(bytes, found, counts);
    }
    return;
  }
  lookByByte(bytes, counts);
}

function countNuls(bytes: Buffer, counts: Counts): void {
  for (let at = 0; at < bytes.length; at++)
    if (bytes[at] === 0) {
      const side = ((counts.length + at) % 2) as 0 | 1;
      counts.nuls[side] += 1;
    }
}

function lookByByte(bytes: Buffer, counts: Counts): void {
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      at += 1;
      continue;
    }
    const width = byte >= 0xc2 && byte <= 0xf4 ? lengthOf(byte) : 0;
    if (width > 0 && at + width <= bytes.length && isUtf8(bytes.subarray(at, at + width))) {
      counts.whole = true;
      keepSample(bytes, at, counts);
      at += width;
      continue;
    }
    if (counts.broken === 0 || isStrange(bytes, at)) keepSample(bytes, at, counts);
    counts.broken += 1;
    counts.strange ||= isStrange(bytes, at);
    at += 1;
  }
}

/** Keeps the line around a position as a sample, at most four lines. */
function keepSample(bytes: Buffer, at: number, counts: Counts): void {
  if (counts.samples.length >= 4 || at < 0) return;
  let from = Math.max(bytes.lastIndexOf(10, at - 1) + 1, at - 80);
  while (((bytes[from] ?? 0) & 0xc0) === 0x80 && from < at) from += 1;
  const newline = bytes.indexOf(10, at);
  const cut = bytes.subarray(from, Math.min(newline < 0 ? bytes.length : newline, from + 200));
  const line = cut.subarray(0, wholeCharacters(cut));
  if (!counts.samples.some((sample) => Buffer.compare(sample, line) === 0)) counts.samples.push(Buffer.from(line));
}

function conclude(counts: Counts): Encoding | readonly Reading[] {
  const wide = wideEncoding(counts);
  if (wide !== undefined) return wide;
  if (counts.broken === 0) return counts.twice ? inDoubt(counts, ['utf-8-twice', 'utf-8']) : 'utf-8';
  if (counts.whole) return inDoubt(counts, ['utf-8-mixed', 'windows-1252']);
  if (counts.strange) return inDoubt(counts, ['windows-1252', 'ibm850', 'macintosh']);
  return 'windows-1252';
}

/** Western text in UTF-16 has NUL in nearly every second byte. */
function wideEncoding({ nuls: [even, odd], length }: Counts): Encoding | undefined {
  const half = Math.min(length, 65_536) / 2;
  if (odd > 0.5 * half && even < 0.05 * half) return 'utf-16le';
  if (even > 0.5 * half && odd < 0.05 * half) return 'utf-16be';
  return undefined;
}

function inDoubt(counts: Counts, candidates: readonly Encoding[]): readonly Reading[] {
  return candidates.flatMap((encoding) => {
    try {
      const lines = counts.samples.map((sample) => {
        const reader = createTextReader(encoding);
        return (reader.push(sample) + reader.end()).trimEnd();
      });
      return [{ encoding, lines }];
    } catch {
      return [];
    }
  });
}
