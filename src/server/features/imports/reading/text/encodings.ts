import iconv from 'iconv-lite';
import type { Encoding } from '../../../../../shared/import-choices.ts';

/** The characters 0x80 to 0x9F in Windows-1252; five are undefined (Unicode's CP1252.TXT). */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Bytes that Windows-1252 leaves undefined. */
export const undefinedIn1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Decodes text in pieces; `end` returns what was held back. Throws BrokenText for invalid bytes. */
export interface TextReader {
  push(bytes: Uint8Array): string;
  end(): string;
}

/** Bytes that are invalid in the given encoding. */
export class BrokenText extends Error {
  constructor(cause?: unknown) {
    super('the bytes are no text in this encoding', { cause });
    this.name = 'BrokenText';
  }
}

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Reads Windows-1252. Unlike TextDecoder it refuses undefined bytes. */
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

/** Reads code page 850 (DOS in Western Europe), which old practice software writes. TextDecoder does not know it. */
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

/** Reads each line as UTF-8 or, if it is not valid, as Windows-1252. */
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
// Characters of Windows-1252 above 0x7F: a letter that was encoded twice consists of these.
const highRun = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]+/g;

function once(run: string): string {
  const bytes = Buffer.from(
    Array.from(run, (character) => byteOf1252.get(character) ?? character.charCodeAt(0)).filter((byte) => byte < 256),
  );
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? run : text;
}

/** Reverts a second encoding in UTF-8, letter by letter. Letters that were encoded once stay. */
function twiceReader(): TextReader {
  const utf8 = platformReader('utf-8');
  let held = '';
  return {
    push: (bytes) => {
      const text = held + utf8.push(bytes);
      // A letter may be cut in two: hold back the last run.
      let cut = text.length;
      while (cut > 0 && text.length - cut < 4096 && text.charCodeAt(cut - 1) > 0x7f) cut -= 1;
      held = text.slice(cut);
      return text.slice(0, cut).replace(highRun, once);
    },
    end: () => (held + utf8.end()).replace(highRun, once),
  };
}

/** Makes a reader for one text. It drops a byte order mark. */
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
