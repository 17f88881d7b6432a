import { expect, it } from 'vitest';
import { chooseLayout } from './columns.ts';

it('a list beside a card has one line of facts, and a wide one has columns', () => {
  expect(chooseLayout(30, true)).toMatchObject({ columns: [], isNarrow: true, countTags: 0 });
  expect(chooseLayout(34, true)).toMatchObject({ columns: [], isNarrow: false, countTags: 0 });
  expect(chooseLayout(40, true)).toMatchObject({ columns: [], isNarrow: false, countTags: 1 });
  expect(chooseLayout(52, true).countTags).toBe(1);
  expect(chooseLayout(120, true).countTags).toBe(2);
  expect(chooseLayout(52, true).columns).toEqual(['phone', 'age', 'city']);
  expect(chooseLayout(70, true).columns).toEqual(['phone', 'age', 'city', 'nextVisit', 'updated']);
  expect(chooseLayout(84, true).columns.slice(3)).toEqual(['nextVisit', 'lastVisit', 'professional', 'updated']);
  expect(chooseLayout(100, true).columns.at(-1)).toBe('created');
});

it('whoever sees their own clients only needs no column for the professional', () => {
  expect(chooseLayout(100, false).columns).not.toContain('professional');
});
