import { foldText } from '../../../../shared/fold-text.ts';

/** A piece of a text, and whether it matches the search. */
export interface TextRun {
  readonly text: string;
  readonly marked: boolean;
}

interface Folded {
  /** The text as search compares it. */
  readonly text: string;
  /** For each unit of `text`, where it came from in the source; one more at the end. */
  readonly origin: readonly number[];
}

/** Shorter beginnings and numbers are not marked: they would match by chance. */
const minMarked = 3;

/** Folds a text and notes where each letter came from, so that a search for `goncal` marks `Gonçal`. */
function foldWithOrigin(source: string, keep: RegExp): Folded {
  let text = '';
  const origin: number[] = [];
  let at = 0;
  for (const letter of source) {
    const folded = keep.test(letter) ? foldText(letter) : '';
    origin.push(...Array.from<number>({ length: folded.length }).fill(at));
    text += folded;
    at += letter.length;
  }
  origin.push(source.length);
  return { text, origin };
}

const anything = /[\s\S]/u;
const digits = /\d/;

type Range = readonly [start: number, end: number];

function findOccurrences(folded: string, word: string): Range[] {
  const found: Range[] = [];
  for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length))
    found.push([at, at + word.length]);
  return found;
}

/** For a word with a typo, which the search tolerates: the longest beginning that it shares with a word of the text. */
function findSharedBeginning(folded: string, word: string): Range[] {
  let best: Range | undefined;
  for (const match of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    let length = 0;
    while (length < word.length && match[0][length] === word[length]) length += 1;
    if (length >= minMarked && (best === undefined || length > best[1] - best[0]))
      best = [match.index, match.index + length];
  }
  return best === undefined ? [] : [best];
}

function splitRuns(source: string, ranges: readonly Range[]): TextRun[] {
  if (ranges.length === 0) return source === '' ? [] : [{ text: source, marked: false }];
  const marked = Array.from<boolean>({ length: source.length }).fill(false);
  for (const [start, end] of ranges) marked.fill(true, start, end);
  const runs: TextRun[] = [];
  let from = 0;
  for (let at = 1; at <= source.length; at += 1)
    if (at === source.length || marked[at] !== marked[from]) {
      runs.push({ text: source.slice(from, at), marked: marked[from] === true });
      from = at;
    }
  return runs;
}

const toSource = (folded: Folded, ranges: readonly Range[]): Range[] =>
  ranges.map(([start, end]) => [folded.origin[start] ?? 0, folded.origin[end] ?? 0]);

/**
 * Marks the letters of `source` that match a search, ignoring accents, case and word order. For a word that does not occur, the
 * longest beginning is marked that it shares with a word of the text.
 */
export function markWords(source: string, query: string): TextRun[] {
  if (query === '') return splitRuns(source, []);
  const words = foldText(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const folded = foldWithOrigin(source, anything);
  const ranges = words.flatMap((word) => {
    const exact = findOccurrences(folded.text, word);
    return exact.length > 0 ? exact : findSharedBeginning(folded.text, word);
  });
  return splitRuns(source, toSource(folded, ranges));
}

/** Marks the digits of a phone or document that match a search, ignoring punctuation. */
export function markDigits(source: string, query: string): TextRun[] {
  const asked = query.replace(/\D/g, '');
  const folded = foldWithOrigin(source, digits);
  const isNumber = asked.length >= minMarked && !/\p{L}/u.test(query);
  const ranges = isNumber ? findOccurrences(folded.text, asked) : [];
  return splitRuns(
    source,
    ranges.map(([start, end]) => [folded.origin[start] ?? 0, (folded.origin[end - 1] ?? 0) + 1]),
  );
}
