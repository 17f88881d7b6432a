import type { ClientListQuery } from '../../../../shared/contracts/clients.ts';
import { states } from '../../../../shared/states.ts';

type Filters = Pick<
  ClientListQuery,
  'q' | 'professionalId' | 'city' | 'state' | 'tag' | 'birthMonth' | 'importId' | 'status' | 'sort'
>;

/** The list's filters in the address: only those that are set. */
export type ListFilters = Partial<Filters>;

type Sort = NonNullable<Filters['sort']>;
const sorts: readonly Sort[] = ['name', '-name', 'match', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'];
/** The order of a list that asks for none, as the server chooses it. */
export const usualSort = ({ q }: Pick<Filters, 'q'>): Sort => (q === undefined ? 'name' : 'match');

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const text = (value: unknown, longest: number): string | undefined => {
  const written = typeof value === 'number' ? String(value) : value;
  return typeof written === 'string' && written.trim() !== '' && written.length <= longest ? written : undefined;
};

/**
 * Reads the list's filters from the search part of an address. What the contract would refuse is left out, so that an old or
 * mistyped link shows a list instead of an error.
 */
export function readListFilters(search: Readonly<Record<string, unknown>>): ListFilters {
  const month = Number(search['birthMonth']);
  const state = text(search['state'], 2)?.toUpperCase();
  const professionalId = text(search['professionalId'], 36);
  const importId = text(search['importId'], 36);
  const q = text(search['q'], 200);
  const sort = sorts.find((known) => known === search['sort']);
  const isUsual = sort === usualSort({ q }) || (sort === 'match' && q === undefined);
  const found = {
    q,
    professionalId: professionalId !== undefined && uuid.test(professionalId) ? professionalId : undefined,
    city: text(search['city'], 100),
    state: states.find((known) => known === state),
    tag: text(search['tag'], 40),
    birthMonth: Number.isInteger(month) && month >= 1 && month <= 12 ? month : undefined,
    importId: importId !== undefined && uuid.test(importId) ? importId : undefined,
    status: search['status'] === 'archived' ? 'archived' : undefined,
    sort: isUsual ? undefined : sort,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** How many filters narrow the list, the search and the order aside. */
export const countFilters = (filters: ListFilters): number =>
  Object.keys(filters).filter((key) => key !== 'q' && key !== 'sort').length;

const isSame = (one: ListFilters, other: ListFilters, apart: readonly string[]): boolean => {
  const write = (filters: ListFilters): string =>
    JSON.stringify(
      Object.entries(filters)
        .filter(([key]) => !apart.includes(key))
        .sort(([a], [b]) => a.localeCompare(b)),
    );
  return write(one) === write(other);
};

/** Whether two lists have the same filters, the search and the order aside. */
export const isSameSelection = (one: ListFilters, other: ListFilters): boolean => isSame(one, other, ['q', 'sort']);

/** Whether two lists have the same filters and order, the search aside. */
export const isSameList = (one: ListFilters, other: ListFilters): boolean => isSame(one, other, ['q']);
