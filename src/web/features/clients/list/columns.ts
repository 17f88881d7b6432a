import type { ListFilters } from './list-filters.ts';

/** What a row shows in a column of its own, where the list is wide enough. */
export type ColumnKey = 'phone' | 'age' | 'city' | 'nextVisit' | 'lastVisit' | 'professional' | 'updated' | 'created';

interface Column {
  readonly key: ColumnKey;
  /** Its width in rem; the least one of a column that stretches. */
  readonly width: number;
  /** Its share of what is left of the row, of which the name has one. */
  readonly share?: number;
  /** Width of the list in rem from which it has this column. */
  readonly from: number;
}

/** In the order of reading; the narrower the list, the fewer it has. */
const columns: readonly Column[] = [
  { key: 'phone', width: 8.75, from: 50 },
  { key: 'age', width: 4.5, from: 50 },
  { key: 'city', width: 9, share: 0.7, from: 50 },
  { key: 'nextVisit', width: 6, from: 60 },
  { key: 'lastVisit', width: 6, from: 75 },
  { key: 'professional', width: 7.5, share: 0.5, from: 82 },
  { key: 'updated', width: 6, from: 67 },
  { key: 'created', width: 6, from: 90 },
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

/** Below this many rem a phone number does not fit beside two actions. */
const roomForNumber = 15;

/** Below this many rem tags beside a name would break it: what warns stands in the line of facts, other tags on the card. */
const roomForTags = 38;

export interface ListLayout {
  /** Without any, a row has one line of facts. */
  readonly columns: readonly ColumnKey[];
  /** For `grid-template-columns` of heads and rows. */
  readonly template: string;
  readonly isNarrow: boolean;
  /** Whether letters are so large, for this width, that a row needs more lines. */
  readonly isTight: boolean;
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
  const stretching = fitting.filter(({ share }) => share !== undefined);
  const given = width - besideColumns - distances;
  const left = given - sumOf(fitting.map((column) => column.width));
  const shares = 1 + sumOf(stretching.map(({ share = 0 }) => share));
  // The columns that stretch share what is left: at least what they begin with is theirs.
  return Math.min(left, (left + sumOf(stretching.map((column) => column.width))) / shares);
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** As in `grid-template-columns`. */
const trackOf = ({ width, share }: Column): string =>
  share === undefined ? `${width}rem` : `minmax(${width}rem, ${share}fr)`;

/** How a list of this width, in rem, is laid out. `seesClinic` is false for people who see their own clients only. */
export function chooseLayout(width: number, seesClinic: boolean): ListLayout {
  const fitting = columns.filter(({ key, from }) => width >= from && (seesClinic || key !== 'professional'));
  return {
    columns: fitting.map(({ key }) => key),
    template: `auto minmax(12rem, 1fr) ${fitting.map(trackOf).join(' ')} 11.25rem`,
    isNarrow: width < roomForActions,
    isTight: width < roomForNumber,
    countTags: width < roomForTags ? 0 : nameWidth(width, fitting) >= roomForTwo ? 2 : 1,
  };
}
