import sax from 'sax';
import { FileProblem } from './records.ts';

export interface XmlHandlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** A strict parser; a broken document is a FileProblem. It expands no entities that a document defines. */
export function createXmlParser(on: XmlHandlers): sax.SAXParser {
  const parser = sax.parser(true, { position: false });
  parser.onerror = () => {
    throw new FileProblem('broken_workbook');
  };
  const { open, text, close } = on;
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  if (open !== undefined)
    parser.onopentag = (tag) => {
      open(local(tag.name), tag.attributes as Record<string, string>);
    };
  if (text !== undefined) {
    parser.ontext = text;
    parser.oncdata = text;
  }
  if (close !== undefined)
    parser.onclosetag = (name) => {
      close(local(name));
    };
  return parser;
}
