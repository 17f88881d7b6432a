import { describe, expect, it } from 'vitest';
import type { ClientSummary } from '../../../../../shared/contracts/clients.ts';
import { selectRange, toggleOne } from './select.ts';

const client = (id: string) => ({ id }) as ClientSummary;
const many = (count: number) => Array.from({ length: count }, (_, index) => client(String(index)));
const idsOf = (chosen: ReadonlyMap<string, ClientSummary>) => [...chosen.keys()];

describe('choosing clients', () => {
  it('adds one, and takes it out again', () => {
    const one = toggleOne(new Map(), client('a'));
    const two = toggleOne(one, client('b'));
    expect(idsOf(two)).toEqual(['a', 'b']);
    expect(idsOf(toggleOne(two, client('a')))).toEqual(['b']);
  });

  it('adds a range once, and never more than a request may name', () => {
    expect(idsOf(selectRange(new Map([['1', client('1')]]), many(3)))).toEqual(['1', '0', '2']);
    const full = selectRange(new Map(), many(300));
    expect(full.size).toBe(200);
    expect(toggleOne(full, client('new')).has('new')).toBe(false);
  });
});
