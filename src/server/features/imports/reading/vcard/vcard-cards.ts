import { limits } from '../records/limits.ts';
import { type BrokenCode, FileProblem } from '../records/records.ts';
import { LineSplitter, type TextLine } from '../text/text-lines.ts';
import {
  isBase64,
  isQuotedPrintable,
  nameEnd,
  nameOf,
  parseProperty,
  type Property,
  valueStart,
} from './vcard-property.ts';

/** A card, as in the file. */
export interface Card {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly properties: readonly Property[];
  /** Set when the card is incomplete or too long; `text` is its beginning. */
  readonly broken?: { readonly code: BrokenCode; readonly text: string };
}

/** Properties with pictures, sounds and keys, which are skipped. */
const binaries: ReadonlySet<string> = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY', 'X-MS-CARDPICTURE']);
/** Properties whose text may be Base64. Other properties in Base64 are binary and skipped. */
const texts: ReadonlySet<string> = new Set(['N', 'FN', 'NOTE', 'ORG', 'ADR', 'TITLE', 'NICKNAME', 'X-ABLABEL']);
const excerptLength = 1000;

/** A property whose lines are still being joined. */
interface OpenProperty {
  readonly name: string;
  readonly isQuoted: boolean;
  readonly isSkipped: boolean;
  /** Joined at the end, because joining each line at once would take quadratic time. */
  readonly parts: string[];
  length: number;
  isTooLong: boolean;
  /** True when the last line ends with a soft line break (quoted-printable). */
  isSoft: boolean;
}

interface OpenCard {
  readonly line: number;
  readonly properties: Property[];
  /** Characters of its texts so far. */
  length: number;
  isTooLong: boolean;
  excerpt: string;
  /** True for vCard 2.1, which folds lines at a space that belongs to the text. */
  keepsSpace: boolean;
  /** True while inside the card of an assistant (AGENT), which is nested in this one. */
  isWithinAgent: boolean;
}

/** Reads cards line by line. */
class CardReader {
  #card: OpenCard | undefined;
  #property: OpenProperty | undefined;
  #isOutside = false;
  #count = 0;
  readonly #done: Card[] = [];

  take(line: TextLine): void {
    const open = this.#property;
    const mark = markOf(line.text);
    if (mark !== undefined) this.#takeMark(mark, line);
    else if (this.#card === undefined) this.#takeStray(line);
    else if (open !== undefined && continues(open, line.text)) this.#continue(open, line);
    else this.#takeProperty(this.#card, line);
  }

  /** @returns the cards that were completed since the last call */
  finished(): Card[] {
    return this.#done.splice(0);
  }

  end(): Card[] {
    if (this.#card !== undefined) this.#break(this.#card);
    return this.finished();
  }

  #takeMark(mark: 'begin' | 'end', line: TextLine): void {
    const card = this.#card;
    const isAgent = this.#property?.name === 'AGENT';
    if (card !== undefined && isAgent && card.isWithinAgent !== (mark === 'begin')) {
      card.isWithinAgent = mark === 'begin';
      if (mark === 'end') this.#property = undefined;
      return;
    }
    if (mark === 'end') {
      if (card === undefined) this.#takeStray(line);
      else this.#finish(card);
      return;
    }
    if (card !== undefined) this.#break(card);
    this.#isOutside = false;
    this.#card = {
      line: line.number,
      properties: [],
      length: 0,
      isTooLong: false,
      excerpt: 'BEGIN:VCARD',
      keepsSpace: false,
      isWithinAgent: false,
    };
  }

  /** Reports text outside of cards, once for any number of lines. */
  #takeStray({ number, text }: TextLine): void {
    if (this.#isOutside || text.trim() === '' || text.trim() === '\u001a') return;
    this.#isOutside = true;
    this.#add({
      line: number,
      properties: [],
      broken: { code: 'unfinished_card', text: text.slice(0, excerptLength) },
    });
  }

  #takeProperty(card: OpenCard, line: TextLine): void {
    if (card.isWithinAgent) return;
    const { text } = line;
    if (nameEnd(text) < 0) {
      // An unescaped line break within a text.
      if (text.trim() !== '' && this.#property !== undefined) this.#append(this.#property, `\n${text}`, line.isCut);
      return;
    }
    this.#closeProperty();
    if (card.excerpt.length < excerptLength) card.excerpt = `${card.excerpt}\n${text}`.slice(0, excerptLength);
    const name = nameOf(text);
    if (name === 'VERSION') card.keepsSpace = text.slice(valueStart(text)).trim() === '2.1';
    const head = text.slice(0, Math.max(0, valueStart(text) - 1));
    const isSkipped = binaries.has(name) || (isBase64(head) && !texts.has(name));
    const isQuoted = isQuotedPrintable(head);
    this.#property = { name, isQuoted, isSkipped, parts: [], length: 0, isTooLong: false, isSoft: false };
    this.#append(this.#property, text, line.isCut);
  }

  #continue(open: OpenProperty, { text, isCut }: TextLine): void {
    const isWhole = open.isSoft || this.#card?.keepsSpace === true;
    this.#append(open, isWhole ? text : text.slice(1), isCut);
  }

  #append(open: OpenProperty, text: string, isCut: boolean): void {
    if (open.isSkipped || open.isTooLong) return;
    const trimmed = open.isQuoted ? text.trimEnd() : '';
    open.isSoft = trimmed.endsWith('=');
    const part = open.isSoft ? trimmed.slice(0, -1) : text;
    open.length += part.length;
    open.isTooLong = isCut || open.length > limits.cellLength;
    if (part !== '' && !open.isTooLong) open.parts.push(part);
  }

  #closeProperty(): void {
    const open = this.#property;
    const card = this.#card;
    this.#property = undefined;
    if (open === undefined || card === undefined || open.isSkipped) return;
    card.length += open.length;
    card.isTooLong ||=
      open.isTooLong || card.length > limits.cardLength || card.properties.length >= limits.cardProperties;
    if (!card.isTooLong) card.properties.push(parseProperty(open.parts.join('')));
  }

  #finish(card: OpenCard): void {
    this.#closeProperty();
    this.#card = undefined;
    const { line, properties, isTooLong, excerpt } = card;
    if (isTooLong) this.#add({ line, properties: [], broken: { code: 'card_too_long', text: excerpt } });
    else this.#add({ line, properties });
  }

  #break({ line, excerpt }: OpenCard): void {
    this.#property = undefined;
    this.#card = undefined;
    this.#add({ line, properties: [], broken: { code: 'unfinished_card', text: excerpt } });
  }

  #add(card: Card): void {
    this.#count += 1;
    if (this.#count > limits.cards) throw new FileProblem('file_too_complex');
    this.#done.push(card);
  }
}

/** Yields the cards of a text, in batches. Throws FileProblem. */
export async function* readCards(pieces: AsyncIterable<string>): AsyncGenerator<readonly Card[]> {
  const lines = new LineSplitter(limits.cellLength);
  const reader = new CardReader();
  for await (const piece of pieces) {
    for (const line of lines.push(piece)) reader.take(line);
    yield reader.finished();
  }
  for (const line of lines.end()) reader.take(line);
  yield reader.end();
}

const longestMark = 40;

function markOf(text: string): 'begin' | 'end' | undefined {
  if (text.length > longestMark) return undefined;
  const mark = text.trim().replaceAll(' ', '').toUpperCase();
  return mark === 'BEGIN:VCARD' ? 'begin' : mark === 'END:VCARD' ? 'end' : undefined;
}

/** Whether a line continues the previous property: it is folded or follows a soft line break. */
const continues = (open: OpenProperty, line: string): boolean =>
  open.isSoft || line.startsWith(' ') || line.startsWith('\t');
