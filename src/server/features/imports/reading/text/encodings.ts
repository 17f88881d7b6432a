import iconv from 'iconv-lite';
import type { Encoding } from '../../../../../shared/import-choices.ts';

/** What 0x80 to 0x9F stand for in Windows-1252; five of them for nothing (Unicode's CP1252.TXT). */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Bytes that Windows-1252 leaves undefined. */
export const undefinedIn1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Decodes piece by piece; `end` returns what was held back. Throws BrokenText for bytes that are no text. */
export interface TextReader {
  push(bytes: Uint8Array): string;
  end(): string;
}

/** Bytes that are no text in the encoding they were said to be in. */
export class BrokenText extends Error {
  constructor(cause?: unknown) {
    super('the bytes are no text in this encoding', { cause });
    this.name = 'BrokenText';
  }
}

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Reads Windows-1252; unlike TextDecoder it refuses the bytes that stand for nothing. */
const windows1252Reader = (): TextReader => ({
  push: (bytes) =>
    view(bytes)
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, (character) => {
        const code = character.charCodeAt(0);
        if (undefinedIn1252.has(code)) throw new BrokenText();
        return windows1252.charAt(code - 0x80);
      }),
  end: () => '',
});

/** Reads DOS in Western Europe (code page 850), what old practice software writes; no platform knows it. */
function dosReader(): TextReader {
  const decoder = iconv.getDecoder('cp850');
  return { push: (bytes) => decoder.write(view(bytes)), end: () => decoder.end() ?? '' };
}

function platformReader(label: string): TextReader {
  const decoder = new TextDecoder(label, { fatal: true });
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw new BrokenText(error);
    }
  };
  return { push: decode, end: () => decode(undefined) };
}

/** Reads whole lines, each in the encoding that it turns out to have. */
function mixedReader(): TextReader {
  let rest = Buffer.alloc(0);
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const line = (bytes: Buffer): string => {
    try {
      return utf8.decode(bytes);
    } catch {
      return windows1252Reader().push(bytes);
    }
  };
  return {
    push: (bytes) => {
      const all = Buffer.concat([rest, bytes]);
      let text = '';
      let from = 0;
      for (let at = all.indexOf(10); at >= 0; at = all.indexOf(10, from)) {
        text += line(all.subarray(from, at + 1));
        from = at + 1;
      }
      rest = all.subarray(from);
      if (rest.length > maxMixedLine) throw new BrokenText();
      return text;
    },
    end: () => line(rest),
  };
}

const maxMixedLine = 4 * 1024 * 1024;

const byteOf1252 = new Map(Array.from(windows1252, (character, index) => [character, index + 0x80]));
// The characters of bytes above 0x7F in Windows-1252: a letter that was encoded twice consists of these.
const highRun = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]+/g;

function once(run: string): string {
  const bytes = Buffer.from(
    Array.from(run, (character) => byteOf1252.get(character) ?? character.charCodeAt(0)).filter((byte) => byte < 256),
  );
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? run : text;
}

/** Reverts a second encoding, letter by letter; letters that were encoded once stay. */
function twiceReader(): TextReader {
  const utf8 = platformReader('utf-8');
  let held = '';
  return {
    push: (bytes) => {
      const text = held + utf8.push(bytes);
      // A letter may be cut in two: hold back the run at the end.
      let cut = text.length;
      while (cut > 0 && text.length - cut < 4096 && text.charCodeAt(cut - 1) > 0x7f) cut -= 1;
      held = text.slice(cut);
      return text.slice(0, cut).replace(highRun, once);
    },
    end: () => (held + utf8.end()).replace(highRun, once),
  };
}

/** A reader for one text. A byte order mark is left out. */
export function createTextReader(encoding: Encoding): TextReader {
  switch (encoding) {
    case 'utf-8':
    case 'utf-16le':
    case 'utf-16be':
    case 'macintosh':
      return platformReader(encoding);
    case 'windows-1252':
      return windows1252Reader();
    case 'ibm850':
      return dosReader();
    case 'utf-8-mixed':
      return mixedReader();
    case 'utf-8-twice':
      return twiceReader();
  }
}
