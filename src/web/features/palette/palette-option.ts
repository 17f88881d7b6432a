import type { ReactNode } from 'react';
import { foldText } from '../../../shared/fold-text.ts';

export type OptionGroup = 'clients' | 'actions' | 'pages';

/** Somewhere to go, or something to do. */
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

const wordsOf = (text: string): string[] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** The commands in which each typed word begins a word. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const typed = wordsOf(text);
  if (typed.length === 0) return text.trim() === '' ? [...commands] : [];
  return commands.filter(({ label, also = '' }) => {
    const words = wordsOf(`${label} ${also}`);
    return typed.every((each) => words.some((word) => word.startsWith(each)));
  });
}

const shortest = 3;

/**
 * Options in the order of the page. Clients come first, unless the text begins the name of a command. This order is known
 * before the clients arrive, so nothing jumps when they do.
 */
export function arrange(
  commands: readonly Command[],
  clients: readonly PaletteOption[],
  text: string,
): PaletteOption[] {
  const found = findCommands(commands, text);
  const typed = foldText(text.trim());
  const isNamed = typed.length >= shortest && found.some(({ label }) => foldText(label).startsWith(typed));
  const grouped = (['actions', 'pages'] as const).flatMap((group) => found.filter((each) => each.group === group));
  return isNamed ? [...grouped, ...clients] : [...clients, ...grouped];
}
