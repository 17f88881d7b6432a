/** A line of a text. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** It was longer than is kept. */
  readonly isCut: boolean;
}

/** Parts a text that comes in pieces into lines, whichever line ends it has, and keeps the beginning of those that are too long. */
export class LineSplitter {
  readonly #longest: number;
  #held = '';
  #isCut = false;
  #count = 0;
  #isAfterReturn = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  *push(piece: string): Generator<TextLine> {
    let from = this.#isAfterReturn && piece.startsWith('\n') ? 1 : 0;
    if (piece !== '') this.#isAfterReturn = false;
    let feed = piece.indexOf('\n', from);
    let carriage = piece.indexOf('\r', from);
    while (feed >= 0 || carriage >= 0) {
      const end = feed < 0 || (carriage >= 0 && carriage < feed) ? carriage : feed;
      this.#hold(piece.slice(from, end));
      yield this.#take();
      from = end + 1;
      if (end === carriage && from === piece.length) this.#isAfterReturn = true;
      if (end === carriage && feed === from) from += 1;
      // Each is looked for again only when it has been passed: linear, also where a text has but one of them.
      if (feed >= 0 && feed < from) feed = piece.indexOf('\n', from);
      if (carriage >= 0 && carriage < from) carriage = piece.indexOf('\r', from);
    }
    this.#hold(piece.slice(from));
  }

  *end(): Generator<TextLine> {
    if (this.#held !== '') yield this.#take();
  }

  #hold(text: string): void {
    const room = this.#longest - this.#held.length;
    this.#isCut ||= text.length > room;
    this.#held += text.slice(0, room);
  }

  #take(): TextLine {
    this.#count += 1;
    const line = { number: this.#count, text: this.#held, isCut: this.#isCut };
    this.#held = '';
    this.#isCut = false;
    return line;
  }
}
