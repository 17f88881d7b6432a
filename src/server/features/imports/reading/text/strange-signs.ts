import { undefinedIn1252 } from './encodings.ts';

/**
 * Whether a byte can hardly be Windows-1252 where it stands: it is undefined there, or a sign or a foreign capital inside or at
 * the end of a word. DOS (code pages 437, 850 and 860) and the old Mac have letters at these bytes: `Jos‚`, `L£cia`, `JoÆo`.
 */
export function isStrange(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] ?? 0;
  if (undefinedIn1252.has(byte)) return true;
  const [before, after] = [bytes[at - 1] ?? 0, bytes[at + 1] ?? 0];
  if (neverAfterLetters.has(byte) && isAscii(before)) return true;
  if (neverInWords.has(byte)) return (isAscii(before) && isLetter(after)) || isLower(before);
  if (byte < 0xa0 && !withinWords.has(byte) && isAscii(before) && isLetter(after)) return true;
  if (foreignCapitals.has(byte)) return isLower(before) || (isAscii(before) && isLower(after));
  if (byte === noBreakSpace) return isLonelyConsonant(bytes, at - 1) && isLower(after);
  return capitalSigns.has(byte) && beginsWord(bytes, at);
}

/** ‚ ƒ „ ‡ ˆ ‰ µ ¶: é â ä ç ê ë Á Â of DOS. Quotation marks open, and so stand in front of a word. */
const neverAfterLetters: ReadonlySet<number> = new Set([0x82, 0x83, 0x84, 0x87, 0x88, 0x89, 0xb5, 0xb6]);
/** ¡ ¢ £ ¤ ¥ ¦ §: í ó ú ñ Ñ ª º of DOS. Signs of money may follow capitals, as in `US¢`. */
const neverInWords: ReadonlySet<number> = new Set([0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7]);
/** Of 0x80 to 0x9F, the letters, apostrophe and dash of Windows-1252. The others do not occur within words. */
const withinWords: ReadonlySet<number> = new Set([0x8a, 0x8c, 0x8e, 0x92, 0x96, 0x9a, 0x9c, 0x9e, 0x9f]);
/** Š Œ Ž Ÿ Æ. Those of Portuguese are not among them: programs that lower ASCII only write `JoÃo`. */
const foreignCapitals: ReadonlySet<number> = new Set([0x8a, 0x8c, 0x8e, 0x9f, 0xc6]);
/** † µ ¶: Á and Â of DOS. */
const capitalSigns: ReadonlySet<number> = new Set([0x86, 0xb5, 0xb6]);
/** á of DOS. Between words it is usual, so only `M rcia` tells. */
const noBreakSpace = 0xa0;

const isLower = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;
const isAscii = (byte: number): boolean => isLower(byte | 0x20);
/** A letter of Windows-1252; × and ÷ are counted in, because nothing else is at their bytes in DOS. */
const isLetter = (byte: number): boolean => isAscii(byte) || byte >= 0xc0;

/** Whether a word begins here, as in `µlvaro`. Not so in units (`5 µmol`) and with a cross before a name (`†Maria`). */
function beginsWord(bytes: Uint8Array, at: number): boolean {
  const start = String.fromCharCode(...bytes.subarray(Math.max(0, at - 1), at));
  const word = String.fromCharCode(...bytes.subarray(at + 1, at + 4));
  return !/[\s\d]/.test(start.replace('\n', '')) && (/^[a-z]{3}$/.test(word) || /^[A-Z]{3}$/.test(word));
}

/** Whether the word that ends here is one capital consonant. */
function isLonelyConsonant(bytes: Uint8Array, at: number): boolean {
  const letter = String.fromCharCode(bytes[at] ?? 0);
  const before = bytes[at - 1] ?? 0;
  return /[BCDFGHJ-NP-TV-XZ]/.test(letter) && !isLetter(before) && before < 0x80;
}
