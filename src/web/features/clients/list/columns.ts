import type { ListFilters } from './list-filters.ts';

/** What a row shows in a column of its own, where the list is wide enough. */
export type ColumnKey = 'phone' | 'age' | 'city' | 'nextVisit' | 'lastVisit' | 'professional' | 'updated' | 'created';

interface Column {
  readonly key: ColumnKey;
  /** As in `grid-template-columns`. */
  readonly width: string;
  /** Width of the list in rem from which it has this column. */
  readonly from: number;
}

/** In the order of reading; the narrower the list, the fewer it has. */
const columns: readonly Column[] = [
  { key: 'phone', width: '8.75rem', from: 50 },
  { key: 'age', width: '4.5rem', from: 50 },
  { key: 'city', width: 'minmax(9rem, 0.7fr)', from: 50 },
  { key: 'nextVisit', width: '6rem', from: 60 },
  { key: 'lastVisit', width: '6rem', from: 75 },
  { key: 'professional', width: 'minmax(7.5rem, 0.5fr)', from: 82 },
  { key: 'updated', width: '6rem', from: 67 },
  { key: 'created', width: '6rem', from: 90 },
];

type Sort = NonNullable<ListFilters['sort']>;

/** The order that a head brings when it is pressed, and the one that it brings when pressed again. */
export type HeadSorts = readonly [first: Sort, again: Sort];

export const nameSorts: HeadSorts = ['name', '-name'];
export const columnSorts: Partial<Record<ColumnKey, HeadSorts>> = {
  updated: ['-updatedAt', 'updatedAt'],
  created: ['-createdAt', 'createdAt'],
};

/** Below this many rem a row has room for two actions only. */
const roomForActions = 32;

/** Below this many rem tags beside a name would break it: what warns stands in the line of facts, other tags on the card. */
const roomForTags = 38;

export interface ListLayout {
  /** Without any, a row has one line of facts. */
  readonly columns: readonly ColumnKey[];
  /** For `grid-template-columns` of heads and rows. */
  readonly template: string;
  readonly isNarrow: boolean;
  /** How many tags a row shows beside or below the name; none where what warns stands in the line of facts. */
  readonly countTags: number;
}

/** Rem from which on a column of names has room for two tags and a count below the name. */
const roomForTwo = 20.5;

/** Avatar, actions, and the distances around them. */
const besideColumns = 17;

/** Rem that names and tags have at least; where there are no columns, the name takes its part of the room. */
function nameWidth(width: number, fitting: readonly Column[]): number {
  if (fitting.length === 0) return width - besideColumns - 11;
  const distances = 0.875 * fitting.length;
  const [least, shares] = fitting.reduce(
    ([rem, share], column) => [rem + sizeOf(column, /([\d.]{1,8})rem/), share + sizeOf(column, /([\d.]{1,8})fr/)],
    [0, 1],
  );
  const given = width - besideColumns - distances;
  // The columns that stretch share what is left: at least what they begin with is theirs.
  return Math.min(given - least, (given - least + stretching(fitting)) / shares);
}

const sizeOf = ({ width }: Column, unit: RegExp): number => Number(unit.exec(width)?.[1] ?? 0);

const stretching = (fitting: readonly Column[]): number =>
  fitting.reduce((sum, column) => (column.width.includes('fr') ? sum + sizeOf(column, /([\d.]{1,8})rem/) : sum), 0);

/** How a list of this width, in rem, is laid out. `seesClinic` is false for people who see their own clients only. */
export function chooseLayout(width: number, seesClinic: boolean): ListLayout {
  const fitting = columns.filter(({ key, from }) => width >= from && (seesClinic || key !== 'professional'));
  return {
    columns: fitting.map(({ key }) => key),
    template: `auto minmax(12rem, 1fr) ${fitting.map((column) => column.width).join(' ')} 11.25rem`,
    isNarrow: width < roomForActions,
    countTags: width < roomForTags ? 0 : nameWidth(width, fitting) >= roomForTwo ? 2 : 1,
  };
}
