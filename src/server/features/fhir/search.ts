import { invalidField } from '../../domain-error.ts';
import { encodeCursor, requireCursor } from '../../http/cursor.ts';
import { anyOf, type MakeCondition, searchParameters } from './condition-queries.ts';
import type { Condition } from './queries.ts';
import type { ResourceType } from './resources.ts';
import { splitAlternatives } from './search-values.ts';

/** A parameter of a request as it was given: repeated ones are several. */
export type Given = readonly (readonly [name: string, value: string])[];

export interface Search {
  readonly type: ResourceType;
  readonly conditions: readonly Condition[];
  readonly limit: number;
  readonly after: string | undefined;
  /** The parameters that were used, for the links of the bundle. */
  readonly used: Given;
}

/** The most resources of a page, and how many it has when nobody asks. */
const pageSize = { most: 200, usual: 50 } as const;

/** The most values that all parameters together may have. */
const mostValues = 50;

/** Change nothing of the result: JSON is all that there is. */
const ignored = new Set(['_format', '_pretty']);

/**
 * Reads the parameters of a search. One that is not known is refused, because a search without it would show more than was asked
 * for, unless the request prefers it `lenient`. Throws invalid_request.
 */
export function readSearch(type: ResourceType, given: Given, lenient: boolean): Search {
  const known: Readonly<Record<string, MakeCondition>> = searchParameters[type];
  const used: (readonly [string, string])[] = [];
  const conditions: Condition[] = [];
  let [limit, cursor, values]: [number, string | undefined, number] = [pageSize.usual, undefined, 0];
  for (const [name, value] of given) {
    if (ignored.has(name)) continue;
    const make = Object.hasOwn(known, name) ? known[name] : undefined;
    if (name === '_count') limit = readCount(value);
    else if (name === 'cursor') cursor = value;
    else if (make !== undefined) {
      const alternatives = splitAlternatives(value);
      values += alternatives.length;
      if (alternatives.length === 0 || values > mostValues || value.includes('\0'))
        throw invalidField(name, 'invalid_value');
      conditions.push(anyOf(alternatives.map((alternative) => make(alternative, name))));
    } else if (lenient) continue;
    else throw invalidField(name, 'unknown_field');
    if (name !== 'cursor') used.push([name, value]);
  }
  return { type, conditions, limit, after: requireCursor(listOf(type, used), cursor)?.id, used };
}

/** More than a page may have is cut to that, as the specification allows. */
function readCount(value: string): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) === 0) throw invalidField('_count', 'invalid_value');
  return Math.min(Number(value), pageSize.most);
}

const listOf = (type: ResourceType, used: Given): unknown => ['fhir', type, used.filter(([name]) => name !== '_count')];

/** The cursor of the page after this resource. */
export const encodeNext = ({ type, used }: Search, id: string): string =>
  encodeCursor(listOf(type, used), { key: '', id, total: { value: 0, relation: 'gte' }, near: false });
