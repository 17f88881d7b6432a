/** A line of a text. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** True when the line was longer than what is kept. */
  readonly isCut: boolean;
}

/** Splits a text that arrives in pieces into lines, with any line ends. Lines that are too long are cut. */
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
      // Search again only after passing a match: linear time, also for text with only one kind of line end.
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
