import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takeEarlyAnswer } from './early-answers.ts';

const me = '/api/v1/me';
const answer = Promise.resolve(new Response('{}'));

beforeEach(() => {
  vi.spyOn(performance, 'now').mockReturnValue(1000);
  globalThis.acolheEarly = { [me]: answer };
});

afterEach(() => {
  vi.restoreAllMocks();
  globalThis.acolheEarly = undefined;
});

it('gives an answer that is on its way, once', () => {
  expect(takeEarlyAnswer('/api/v1/tags')).toBeUndefined();
  expect(takeEarlyAnswer(me, 'GET')).toBe(answer);
  expect(takeEarlyAnswer(me)).toBeUndefined();
});

it('gives none after something was changed, such as who is signed in', () => {
  expect(takeEarlyAnswer(me, 'POST')).toBeUndefined();
  expect(takeEarlyAnswer(me)).toBeUndefined();
});

it('gives none that nobody has wanted for half a minute', () => {
  vi.spyOn(performance, 'now').mockReturnValue(30_001);
  expect(takeEarlyAnswer(me)).toBeUndefined();
});
