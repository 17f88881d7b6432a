import type { ReactNode } from 'react';
import { foldText } from '../../../shared/fold-text.ts';

export type OptionGroup = 'clients' | 'actions' | 'pages';

/** One entry of the palette's list: a client, an action or a page. */
export interface PaletteOption {
  readonly id: string;
  readonly group: OptionGroup;
  readonly label: string;
  /** Distinguishes it from others of the same name. */
  readonly detail?: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

/** An option that is found by its words; `also` has other words that people may type for it. */
export interface Command extends PaletteOption {
  readonly also?: string;
}

const splitWords = (text: string): string[] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** The commands that have, for each typed word, a word that begins with it. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const typed = splitWords(text);
  if (typed.length === 0) return text.trim() === '' ? [...commands] : [];
  return commands.filter(({ label, also = '' }) => {
    const words = splitWords(`${label} ${also}`);
    return typed.every((each) => words.some((word) => word.startsWith(each)));
  });
}

/** Letters from which a text counts as the beginning of a command's name. */
const minLetters = 3;

/**
 * All options in the order of the list. Clients come first, unless the text is the beginning of a command's name. The order does
 * not depend on the clients, so commands do not jump when clients arrive.
 */
export function orderOptions(
  commands: readonly Command[],
  clients: readonly PaletteOption[],
  text: string,
): PaletteOption[] {
  const found = findCommands(commands, text);
  const typed = foldText(text.trim());
  const isNamed = typed.length >= minLetters && found.some(({ label }) => foldText(label).startsWith(typed));
  const grouped = (['actions', 'pages'] as const).flatMap((group) => found.filter((each) => each.group === group));
  return isNamed ? [...grouped, ...clients] : [...clients, ...grouped];
}
