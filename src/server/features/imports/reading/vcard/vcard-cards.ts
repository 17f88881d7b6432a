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

/** A card as it stands in the file. */
export interface Card {
  /** The line it begins on. */
  readonly line: number;
  readonly properties: readonly Property[];
  /** Why it is no whole card, and its beginning. */
  readonly broken?: { readonly code: BrokenCode; readonly text: string };
}

/** Pictures, sounds and keys, which are no text of a client. */
const binaries: ReadonlySet<string> = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY', 'X-MS-CARDPICTURE']);
/** Texts that may come as Base64; whatever else does is no text. */
const texts: ReadonlySet<string> = new Set(['N', 'FN', 'NOTE', 'ORG', 'ADR', 'TITLE', 'NICKNAME', 'X-ABLABEL']);
const excerptLength = 1000;

/** A property while its lines are joined. */
interface OpenProperty {
  readonly name: string;
  readonly isQuoted: boolean;
  readonly isSkipped: boolean;
  /** Joined when all are there: joining each at once would take quadratic time. */
  readonly parts: string[];
  length: number;
  isTooLong: boolean;
  /** Its last line ends with a soft line break of quoted-printable. */
  isSoft: boolean;
}

interface OpenCard {
  readonly line: number;
  readonly properties: Property[];
  /** Characters of its texts. */
  length: number;
  isTooLong: boolean;
  excerpt: string;
  /** vCard 2.1 folds a line where it has a space, which stays. */
  keepsSpace: boolean;
  /** Another card within it, that of an assistant, has not ended. */
  isWithinAgent: boolean;
}

/** Reads cards from text that comes in pieces. */
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

  /** The cards that have ended since it was asked last. */
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

  /** A text that belongs to no card, told once however many lines it has. */
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
      // A line break within a text, which somebody did not write as one.
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

/** Reads the cards of a text, in batches. Throws FileProblem. */
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

/** Whether a line goes on with the property before it: folded, or after a soft line break. */
const continues = (open: OpenProperty, line: string): boolean =>
  open.isSoft || line.startsWith(' ') || line.startsWith('\t');
