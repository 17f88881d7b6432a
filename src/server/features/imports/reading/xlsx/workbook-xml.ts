import sax from 'sax';
import type { ArchiveBudget } from './archive-budget.ts';
import { limits } from '../records/limits.ts';
import { FileProblem } from '../records/records.ts';

export interface XmlHandlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

export interface XmlParser {
  write(piece: string): void;
  close(): void;
}

const refuse = (): never => {
  throw new FileProblem('broken_workbook');
};

/**
 * A strict XML parser. Throws FileProblem for a broken document and for one with a DOCTYPE, which workbooks may not have
 * (ECMA-376 part 2, 6.2.5).
 */
export function createXmlParser(on: XmlHandlers, budget: ArchiveBudget): XmlParser {
  const parser = sax.parser(true, { position: false });
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  let depth = 0;
  let attributes = 0;
  /** Characters of an unfinished name, value or comment. */
  let unfinished = 0;
  parser.onerror = refuse;
  parser.ondoctype = refuse;
  parser.onattribute = () => {
    unfinished = 0;
    attributes += 1;
    if (attributes > limits.attributes) refuse();
  };
  parser.onopentag = (tag) => {
    unfinished = 0;
    attributes = 0;
    depth += 1;
    if (depth > limits.depth) refuse();
    budget.spend('elements');
    on.open?.(local(tag.name), tag.attributes as Record<string, string>);
  };
  parser.onclosetag = (name) => {
    unfinished = 0;
    depth -= 1;
    on.close?.(local(name));
  };
  if (on.text !== undefined) {
    parser.ontext = on.text;
    parser.oncdata = on.text;
  }
  return {
    write: (piece) => {
      parser.write(piece);
      unfinished += piece.length;
      if (unfinished > limits.recordLength) refuse();
    },
    close: () => {
      parser.close();
    },
  };
}
