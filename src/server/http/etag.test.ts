import { describe, expect, it } from 'vitest';
import { etagOf, parseIfMatch } from './etag.ts';
import { HttpProblem } from './problem.ts';

describe('If-Match (RFC 9110 section 13.1.1)', () => {
  it.each<[header: string, version: number, matches: boolean]>([
    ['"3"', 3, true],
    ['"3"', 4, false],
    ['*', 3, true],
    [' * ', 3, true],
    ['"1", "3"', 3, true],
    ['"1","3" ,"4"', 3, true],
    // A weak tag never matches here: the comparison is the strong one.
    ['W/"3"', 3, false],
    ['3', 3, false],
    ['"03"', 3, false],
    ['"3', 3, false],
    ['"*"', 3, false],
    ['"3 "', 3, false],
  ])('%s for version %i: %s', (header, version, matches) => {
    expect(parseIfMatch(header)(version)).toBe(matches);
  });

  it('accepts the tag that was given out', () => {
    expect(parseIfMatch(etagOf(41))(41)).toBe(true);
  });

  it.each([undefined, '', '  '])('is needed: %j', (header) => {
    expect(() => parseIfMatch(header)).toThrow(HttpProblem);
  });
});
