import { foldText } from '../../../../shared/fold-text.ts';

/** A name as a record has it. */
export interface PersonName {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly socialName?: string | undefined;
}

const particles = new Set(['de', 'da', 'do', 'das', 'dos', 'e', 'd', 'di', 'del', 'la', 'von', 'van']);
/** Words that tell a child from a parent of the same name. */
const generations = new Set(['filho', 'filha', 'junior', 'jr', 'neto', 'neta', 'sobrinho', 'segundo', 'ii', 'iii']);

const wordsOf = (name: string): string[] =>
  foldText(name.replace(/['’`´]/g, ''))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !particles.has(word));

/** Whether the two differ by one letter at most. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

/** The same word, its initial, or a typing error. */
const isAlike = (a: string, b: string): boolean =>
  a === b ||
  (a.length === 1 && b.startsWith(a)) ||
  (b.length === 1 && a.startsWith(b)) ||
  (a.length > 3 && b.length > 3 && isOneSlip(a, b));

function areAlike(a: readonly string[], b: readonly string[]): boolean {
  const [firstA = '', ...restA] = a;
  const [firstB = '', ...restB] = b;
  const within = (few: readonly string[], many: readonly string[]): boolean =>
    few.every((word) => many.some((other) => isAlike(word, other)));
  if (!isAlike(firstA, firstB)) return a.length > 1 && b.length > 1 && (within(a, b) || within(b, a));
  if (restA.length === 0 || restB.length === 0) return true;
  return restA.some((word) => restB.some((other) => isAlike(word, other)));
}

/**
 * Whether two names can belong to one person: names may be missing or shortened, but not a different first name or entirely
 * different surnames. Used where two records share only a phone or an e-mail, as families do.
 */
export function canBeOnePerson(a: PersonName, b: PersonName): boolean {
  const [wordsA, wordsB] = [a, b].map(({ firstName = '', lastName = '' }) => wordsOf(`${firstName} ${lastName}`));
  if (wordsA === undefined || wordsB === undefined || wordsA.length === 0 || wordsB.length === 0) return true;
  if (wordsA.join(' ') === wordsB.join(' ')) return true;
  const generation = (words: readonly string[]): boolean => words.slice(1).some((word) => generations.has(word));
  if (generation(wordsA) !== generation(wordsB) && wordsA.length > 1 && wordsB.length > 1) return false;
  const social = (name: PersonName): string[] => wordsOf(`${name.socialName ?? ''} ${name.lastName ?? ''}`);
  return (
    areAlike(wordsA, wordsB) ||
    (a.socialName !== undefined && areAlike(social(a), wordsB)) ||
    (b.socialName !== undefined && areAlike(wordsA, social(b)))
  );
}
