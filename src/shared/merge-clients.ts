import { clientFields, type FieldsWith, mergedHow, type MergeField, mergeFields, mostTags } from './client-fields.ts';
import type { Client } from './contracts/clients.ts';
import type { MergeChoices } from './contracts/duplicates.ts';

/** A field of which a merge can keep both texts. */
type JoinedField = FieldsWith<{ merged: 'joined' }>;
const isJoined = (field: MergeField): field is JoinedField => mergedHow(field) === 'joined';

const partsOf = (value: unknown): [string, unknown][] =>
  value === null || typeof value !== 'object'
    ? [['', value]]
    : Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

/** Whether two values of a field are equal, whatever the order of their parts. */
export const saysTheSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b));

/** Whether a field, or every part of it, is empty. */
export const isEmptyValue = (value: unknown): boolean =>
  partsOf(value).every(([, part]) => part === null || part === undefined || part === '');

/** Whether every non-empty part of one value is equal in the other. */
function isWithin(part: unknown, whole: unknown): boolean {
  const parts = new Map(partsOf(whole));
  return partsOf(part).every(([key, value]) => (value ?? null) === null || parts.get(key) === value);
}

/** Whose value a field takes when nobody chooses: the winner's, unless the loser's contains all of it. */
export function defaultChoice(field: MergeField, winner: Client, loser: Client): 'winner' | 'loser' | 'both' {
  if (isWithin(winner[field], loser[field])) return 'loser';
  if (!isJoined(field) || isEmptyValue(loser[field]) || loser[field] === winner[field]) return 'winner';
  return joinTexts(field, winner, loser).length <= clientFields[field].limit ? 'both' : 'winner';
}

const joinTexts = (field: JoinedField, winner: Client, loser: Client): string =>
  `${winner[field] ?? ''}\n\n${loser[field] ?? ''}`;

function valueOf(field: MergeField, winner: Client, loser: Client, choices: MergeChoices): unknown {
  const choice = choices[field] ?? defaultChoice(field, winner, loser);
  if (choice === 'both' && isJoined(field))
    return joinTexts(field, winner, loser).trim().slice(0, clientFields[field].limit);
  return (choice === 'loser' ? loser : winner)[field];
}

/**
 * The winner's fields after a merge, named as in a client's body. Tags of both are kept, and so are imported columns;
 * where both have a column, the winner's stays. Fields that the reader may not see are left out.
 */
export function mergeClients(winner: Client, loser: Client, choices: MergeChoices): Partial<Client> {
  const seen = mergeFields.filter((field) => winner[field] !== undefined && loser[field] !== undefined);
  const tags = [...new Set([...winner.tags, ...loser.tags])];
  return {
    ...Object.fromEntries(seen.map((field) => [field, valueOf(field, winner, loser, choices)])),
    // No more than a client may have; the rest is still on the loser.
    tags: tags.slice(0, Math.max(mostTags, winner.tags.length)),
    ...(winner.extra === undefined || loser.extra === undefined ? {} : { extra: { ...loser.extra, ...winner.extra } }),
  };
}
