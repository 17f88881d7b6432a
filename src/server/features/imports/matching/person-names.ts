import { foldText } from '../../../../shared/fold-text.ts';
import { frequentSurnames } from './surnames.ts';

/** The name fields of a record. */
export interface PersonName {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly socialName?: string | undefined;
}

/**
 * How two names relate.
 *
 * - `same`: one person's name, perhaps with an initial or without a surname
 * - `shorter`: one has words that the other lacks and that may be given names (Ana, Ana Beatriz)
 * - `surname`: the same given names with other surnames, as after a wedding
 * - `other`: two people's
 */
export type NameRelation = 'same' | 'shorter' | 'surname' | 'other';

const particles = new Set(['de', 'da', 'do', 'das', 'dos', 'e', 'd', 'di', 'del', 'la', 'von', 'van']);

/**
 * A phonetic spelling: Thiago is Tiago, Luiz is Luis, Anna is Ana. Any other difference may be a sibling's name (Daniel,
 * Daniela; Marta, Maria).
 */
const spellingOf = (word: string): string =>
  word
    .replace(/ph/g, 'f')
    .replace(/h/g, '')
    .replace(/ct/g, 't')
    .replace(/z/g, 's')
    .replace(/y/g, 'i')
    .replace(/w/g, 'v')
    .replace(/k/g, 'c')
    .replace(/(.)\1+/g, '$1');

const surnames: ReadonlySet<string> = new Set(frequentSurnames.map(spellingOf));

const wordsOf = (name: string): readonly string[] =>
  foldText(name.replace(/['’`´]/g, ''))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !particles.has(word))
    .map(spellingOf);

interface Words {
  readonly legal: readonly string[];
  /** With the social name in place of the first name. */
  readonly social: readonly string[] | undefined;
}

/** A cache: records keep their values as one object, so each name is split once. */
const known = new WeakMap<PersonName, Words>();

function wordsOfPerson(name: PersonName): Words {
  const found = known.get(name);
  if (found !== undefined) return found;
  const { firstName = '', lastName = '', socialName } = name;
  const words = {
    legal: wordsOf(`${firstName} ${lastName}`),
    social: socialName === undefined ? undefined : wordsOf(`${socialName} ${lastName}`),
  };
  known.set(name, words);
  return words;
}

/** Whether two words are equal, or one is the other's initial. */
const isAlike = (a: string, b: string): boolean =>
  a === b || (a.length === 1 && b.startsWith(a)) || (b.length === 1 && a.startsWith(b));

/** The words of each that the other does not have; an initial matches one word. */
function unmatchedOf(a: readonly string[], b: readonly string[]): readonly [readonly string[], readonly string[]] {
  const left = [...b];
  const rest = a.filter((word) => {
    const exact = left.indexOf(word);
    const at = exact >= 0 ? exact : left.findIndex((other) => isAlike(word, other));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [rest, left];
}

const areSurnames = (words: readonly string[]): boolean => words.every((word) => surnames.has(word));

function relate(a: readonly string[], b: readonly string[]): NameRelation {
  const [restA, restB] = unmatchedOf(a, b);
  const isOneSided = restA.length === 0 || restB.length === 0;
  if (a[0] !== b[0]) return isOneSided ? 'shorter' : 'other';
  const onlySurnames = areSurnames(restA) && areSurnames(restB);
  if (isOneSided) return onlySurnames ? 'same' : 'shorter';
  return onlySurnames ? 'surname' : 'other';
}

const order: readonly NameRelation[] = ['same', 'shorter', 'surname', 'other'];

/** How two names relate, by social or legal name, whichever is closer. @returns undefined if one has none */
export function relateNames(a: PersonName, b: PersonName): NameRelation | undefined {
  const [wordsA, wordsB] = [wordsOfPerson(a), wordsOfPerson(b)];
  if (wordsA.legal.length === 0 || wordsB.legal.length === 0) return undefined;
  const found = [relate(wordsA.legal, wordsB.legal)];
  if (wordsA.social !== undefined) found.push(relate(wordsA.social, wordsB.legal));
  if (wordsB.social !== undefined) found.push(relate(wordsA.legal, wordsB.social));
  return order.find((relation) => found.includes(relation));
}

/** Whether all words of two legal names are spelled alike. */
export const areSpelledAlike = (a: PersonName, b: PersonName): boolean =>
  wordsOfPerson(a).legal.join(' ') === wordsOfPerson(b).legal.join(' ');
