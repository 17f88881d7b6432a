import './formatted-text.css';
import { createElement } from 'react';
import { readBlocks } from './read-blocks.ts';

interface FormattedTextProps {
  readonly text: string;
  /** Of the headings in the text. */
  readonly level?: 2 | 3 | 4;
}

/** Words that a clinic has written, with headings and lists. Nothing in them is read as HTML. */
export const FormattedText = ({ text, level = 2 }: FormattedTextProps) => (
  <div className="formatted-text" translate="no">
    {readBlocks(text).map((block, place) =>
      block.kind === 'heading' ? (
        createElement(`h${String(level)}`, { key: place }, block.text)
      ) : block.kind === 'list' ? (
        <ul key={place}>
          {block.items.map((item, at) => (
            <li key={at}>{item}</li>
          ))}
        </ul>
      ) : (
        <p key={place}>{block.text}</p>
      ),
    )}
  </div>
);
