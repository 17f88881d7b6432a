import { foldText } from '../../../shared/fold-text.ts';

/** Roughly what the server compares tags by (app.tag_key), for suggestions: the server has the last word. */
const foldTag = (tag: string): string =>
  foldText(tag)
    .replace(/[-\s]+/g, ' ')
    .trim();

/** A tag as the clinic spells it; as written, without spaces around it, if it is a new one. */
export function spellTag(written: string, known: readonly { readonly name: string }[]): string {
  const key = foldTag(written);
  return known.find(({ name }) => foldTag(name) === key)?.name ?? written.trim();
}

/** Letters from which on a beginning means a known tag. */
const minCompleted = 2;

/** The first suggestion, if it begins with what is typed: what Enter takes instead of making a tag of half a word. */
export function completeTag<Tag extends { readonly name: string }>(
  typed: string,
  [first]: readonly Tag[],
): Tag | undefined {
  const key = foldTag(typed);
  return first !== undefined && key.length >= minCompleted && foldTag(first.name).startsWith(key) ? first : undefined;
}

interface Suggestible {
  readonly name: string;
  readonly clients: number;
}

/** Known tags that have what is typed in them: the very one first, then those that begin with it, then those that most clients have. */
export function suggestTags<Tag extends Suggestible>(
  typed: string,
  known: readonly Tag[],
  chosen: readonly string[],
  atMost: number,
): Tag[] {
  const key = foldTag(typed);
  const place = ({ name }: Tag): number => (foldTag(name) === key ? 0 : foldTag(name).startsWith(key) ? 1 : 2);
  return known
    .filter(({ name }) => foldTag(name).includes(key) && !chosen.includes(name))
    .sort((a, b) => place(a) - place(b) || b.clients - a.clients)
    .slice(0, atMost);
}
