import { clientFields, type FieldsWith, mergeRuleOf, type MergeField, mergeFields, mostTags } from './client-fields.ts';
import type { Client } from './contracts/clients.ts';
import type { MergeChoices } from './contracts/duplicates.ts';

/** A field where a merge can keep both texts. */
type JoinedField = FieldsWith<{ merged: 'joined' }>;
const isJoined = (field: MergeField): field is JoinedField => mergeRuleOf(field) === 'joined';

/** The parts of a group by name; a plain value is one part without a name. */
const listParts = (value: unknown): [string, unknown][] =>
  value === null || typeof value !== 'object' ? [['', value]] : Object.entries(value);

/** Whether a field is empty; a group is when all its parts are. */
export const isEmptyValue = (value: unknown): boolean =>
  listParts(value).every(([, part]) => part === null || part === undefined || part === '');

/** Whether `whole` has every non-empty part of `part` with the same value. */
function isWithin(part: unknown, whole: unknown): boolean {
  const parts = new Map(listParts(whole));
  return listParts(part).every(([key, value]) => (value ?? null) === null || parts.get(key) === value);
}

/**
 * Whose value a field gets when nobody chooses: the winner's, unless the loser's contains all of it. Of texts that can be
 * joined, both, if they fit.
 */
export function defaultChoice(field: MergeField, winner: Client, loser: Client): 'winner' | 'loser' | 'both' {
  if (isWithin(winner[field], loser[field])) return 'loser';
  if (!isJoined(field) || isEmptyValue(loser[field]) || loser[field] === winner[field]) return 'winner';
  return joinTexts(field, winner, loser).length <= clientFields[field].limit ? 'both' : 'winner';
}

const joinTexts = (field: JoinedField, winner: Client, loser: Client): string =>
  `${winner[field] ?? ''}\n\n${loser[field] ?? ''}`;

function chooseValue(field: MergeField, winner: Client, loser: Client, choices: MergeChoices): unknown {
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
  const visible = mergeFields.filter((field) => winner[field] !== undefined && loser[field] !== undefined);
  const tags = [...new Set([...winner.tags, ...loser.tags])];
  return {
    ...Object.fromEntries(visible.map((field) => [field, chooseValue(field, winner, loser, choices)])),
    // No more than a client may have. The archived loser still has the rest.
    tags: tags.slice(0, Math.max(mostTags, winner.tags.length)),
    ...(winner.extra === undefined || loser.extra === undefined ? {} : { extra: { ...loser.extra, ...winner.extra } }),
  };
}
