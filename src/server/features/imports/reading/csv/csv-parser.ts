import { limits } from '../records/limits.ts';
import { FileProblem, type TableRecord } from '../records/records.ts';

interface Quoted {
  readonly cells: string[];
  /** Position of the next record. */
  readonly next: number;
  readonly lines: number;
}

/** The result of reading a record that contains a quote. */
type Outcome = Quoted | 'incomplete' | { readonly code: 'unclosed_quote' | 'stray_quote'; readonly at: number };

/**
 * Parses CSV (RFC 4180) from text that arrives in pieces. Lenient when the meaning is clear (quotes within an unquoted cell, any
 * line break); other records are returned as broken, and parsing continues with the next line. Keeps at most one record in
 * memory and throws FileProblem if it exceeds the limits.
 */
export class CsvParser {
  readonly #delimiter: string;
  readonly #newline: string;
  #text = '';
  #line: number;

  /** `newline` is `\r` for files of the classic Mac; `\n` also accepts `\r\n`. */
  constructor(options: { readonly delimiter: string; readonly newline?: '\n' | '\r'; readonly firstLine?: number }) {
    this.#delimiter = options.delimiter;
    this.#newline = options.newline ?? '\n';
    this.#line = options.firstLine ?? 1;
  }

  /** @returns the records that this piece completes */
  push(piece: string): TableRecord[] {
    this.#text = this.#text === '' ? piece : this.#text + piece;
    return this.#take(false);
  }

  /** @returns the record after the last line break, if any */
  end(): TableRecord[] {
    return this.#take(true);
  }

  #take(last: boolean): TableRecord[] {
    const records: TableRecord[] = [];
    const text = this.#text;
    let from = 0;
    let quote = text.indexOf('"');
    while (from < text.length) {
      let end = text.indexOf(this.#newline, from);
      if (end < 0) {
        if (!last) {
          if (text.length - from > limits.recordLength) this.#tooLong(text, from);
          break;
        }
        end = text.length;
      }
      if (quote >= 0 && quote < from) quote = text.indexOf('"', from);
      if (quote < 0 || quote >= end) {
        if (end - from > limits.recordLength) this.#tooLong(text, from);
        records.push(this.#record(this.#trimEnd(text, from, end).split(this.#delimiter)));
        this.#line += 1;
        from = end + 1;
        continue;
      }
      const outcome = this.#quoted(text, from, last);
      if (outcome === 'incomplete') break;
      if ('code' in outcome) {
        records.push(this.#broken(text, from, end, outcome));
        from = end + 1;
        this.#line += 1;
      } else {
        records.push(this.#record(outcome.cells));
        this.#line += outcome.lines;
        from = outcome.next;
      }
    }
    this.#text = from === 0 ? text : text.slice(from);
    if (last) this.#text = '';
    return records;
  }

  #record(cells: string[]): TableRecord {
    if (cells.length > limits.columns) throw new FileProblem('too_many_columns', { line: this.#line });
    return { line: this.#line, cells };
  }

  #broken(
    text: string,
    from: number,
    end: number,
    { code, at }: { readonly code: 'unclosed_quote' | 'stray_quote'; readonly at: number },
  ): TableRecord {
    if (end - from > limits.recordLength) this.#tooLong(text, from);
    const column = text.slice(from, Math.max(from, at)).split(this.#delimiter).length;
    return { line: this.#line, cells: [this.#trimEnd(text, from, end)], broken: { code, column } };
  }

  #trimEnd(text: string, from: number, end: number): string {
    return text.slice(from, this.#newline === '\n' && text.charCodeAt(end - 1) === 13 && end > from ? end - 1 : end);
  }

  #tooLong(text: string, from: number): never {
    const columns = text.slice(from, from + limits.recordLength).split(this.#delimiter).length;
    throw new FileProblem(columns > limits.columns ? 'too_many_columns' : 'record_too_long', { line: this.#line });
  }

  #quoted(text: string, from: number, last: boolean): Outcome {
    const cells: string[] = [];
    let lines = 1;
    let at = from;
    for (;;) {
      if (text.charCodeAt(at) === 34) {
        const cell = closingQuote(text, at);
        if (cell === undefined) {
          if (!last && text.length - at <= limits.cellLength) return this.#wait(text, from);
          return { code: 'unclosed_quote', at };
        }
        const [close, doubled] = cell;
        if (close - at > limits.cellLength) return { code: 'unclosed_quote', at };
        // The character after a quote decides whether it closes the cell: wait for it.
        if (close + 1 >= text.length && !last) return this.#wait(text, from);
        const inner = text.slice(at + 1, close);
        cells.push(doubled ? inner.replaceAll('""', '"') : inner);
        lines += countBreaks(inner, this.#newline);
        at = close + 1;
      } else {
        const end = this.#unquotedEnd(text, at);
        if (end === text.length && !last) return this.#wait(text, from);
        cells.push(this.#trimEnd(text, at, end));
        at = end;
      }
      if (cells.length > limits.columns) throw new FileProblem('too_many_columns', { line: this.#line });
      if (at - from > limits.recordLength) this.#tooLong(text, from);
      if (at >= text.length) return { cells, next: at, lines };
      const character = text.charAt(at);
      if (character === this.#delimiter) {
        at += 1;
        continue;
      }
      if (character === this.#newline) return { cells, next: at + 1, lines };
      if (character === '\r') {
        if (text.charAt(at + 1) === '\n') return { cells, next: at + 2, lines };
        if (at + 1 >= text.length) return last ? { cells, next: at + 1, lines } : this.#wait(text, from);
      }
      return { code: 'stray_quote', at };
    }
  }

  #wait(text: string, from: number): 'incomplete' {
    if (text.length - from > limits.recordLength) this.#tooLong(text, from);
    return 'incomplete';
  }

  #unquotedEnd(text: string, at: number): number {
    const newline = text.indexOf(this.#newline, at);
    const lineEnd = newline < 0 ? text.length : newline;
    const delimiter = text.indexOf(this.#delimiter, at);
    return delimiter < 0 || delimiter > lineEnd ? lineEnd : delimiter;
  }
}

/** @returns the position of the closing quote, and whether the cell contains doubled quotes */
function closingQuote(text: string, open: number): readonly [number, boolean] | undefined {
  let doubled = false;
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== 34) return [at, doubled];
    doubled = true;
    if (at - open > limits.cellLength) return undefined;
  }
  return undefined;
}

function countBreaks(text: string, newline: string): number {
  let count = 0;
  for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, at + 1)) count += 1;
  return count;
}
