import { describe, expect, it } from 'vitest';
import { completeTag, spellTag, suggestTags } from './suggest-tags.ts';

const known = [
  { name: 'Pé diabético', clients: 2 },
  { name: 'diabetes', clients: 9 },
  { name: 'diária', clients: 30 },
  { name: 'vip', clients: 50 },
];
const namesOf = (typed: string, chosen: string[] = [], atMost = 6) =>
  suggestTags(typed, known, chosen, atMost).map(({ name }) => name);

describe('suggestions for a tag', () => {
  it('are those that begin with what is typed, then those that have it within', () => {
    expect(namesOf('DIA')).toEqual(['diária', 'diabetes', 'Pé diabético']);
    expect(namesOf('pe-')).toEqual(['Pé diabético']);
  });

  it('leave out what the client has already, and are few', () => {
    expect(namesOf('dia', ['diabetes'])).toEqual(['diária', 'Pé diabético']);
    expect(namesOf('', [], 2)).toEqual(['vip', 'diária']);
  });
});

it('the beginning of a known tag stands for it, but not a part of one, nor a single letter', () => {
  const complete = (typed: string) => completeTag(typed, suggestTags(typed, known, [], 6))?.name;
  expect(complete('diab')).toBe('diabetes');
  expect(complete('PE')).toBe('Pé diabético');
  expect(complete('abét')).toBeUndefined();
  expect(complete('d')).toBeUndefined();
  expect(complete('nova')).toBeUndefined();
  expect(namesOf('diabetes')[0]).toBe('diabetes');
});

it('a tag that is typed in another way gets the clinic’s spelling', () => {
  expect(spellTag(' pe  DIABETICO', known)).toBe('Pé diabético');
  expect(spellTag(' Nova ', known)).toBe('Nova');
});
