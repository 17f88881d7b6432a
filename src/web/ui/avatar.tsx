import './avatar.css';
import type { CSSProperties } from 'react';

/** Hues that are easy to tell apart. CSS sets the lightness, so the contrast is the same for all. */
const hues = [8, 32, 52, 96, 150, 174, 200, 226, 258, 288, 320, 344];

/** The hue for a name: always the same one. */
function chooseHue(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hues[hash % hues.length] ?? 174;
}

/** A letter that is one character; what may consist of several is left to the segmenter, which takes long to be made. */
const plainLetter = /^\p{Script=Latin}(?![\p{M}\u200d])/u;

function firstLetter(word = ''): string {
  const letter = plainLetter.exec(word)?.[0] ?? [...new Intl.Segmenter('pt-BR').segment(word)][0]?.segment ?? '';
  return letter.toLocaleUpperCase('pt-BR');
}

/** “Maria da Silva” → “MS”. */
export function getInitials(name: string): string {
  const words = name.trim().split(/\s+/);
  return firstLetter(words[0]) + (words.length > 1 ? firstLetter(words.at(-1)) : '');
}

interface AvatarProps {
  readonly name: string;
  /** Diameter in any CSS unit. */
  readonly size?: string;
}

/** Initials in a circle whose colour follows from the name. Hidden from screen readers, because the name stands beside it. */
export function Avatar({ name, size = '2.75rem' }: AvatarProps) {
  const style = {
    '--avatar-hue': chooseHue(name),
    width: size,
    height: size,
    fontSize: `calc(${size} * 0.36)`,
  } as CSSProperties;
  return <span className="avatar" style={style} data-initials={getInitials(name)} aria-hidden="true" />;
}
