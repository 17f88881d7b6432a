import { describe, expect, it, vi } from 'vitest';
import { chooseLoadLimits } from '../http/load-shedding.ts';
import { chooseProcesses } from './choose-number.ts';
import { MetricsRounds } from './metrics-rounds.ts';
import { shareConnections } from './place.ts';
import { Restarts } from './restarts.ts';

const smtp = { transport: 'smtp' as const, host: 'mail.example', port: 25, user: undefined, password: undefined };
const mail = { ...smtp, tls: 'none' as const, from: 'a@clinica.example' };
const database = { url: undefined, directUrl: undefined, replicaUrl: undefined, poolMax: 10, idleSeconds: 60 };
const gigabyte = 1024 ** 3;

describe('the number of processes', () => {
  it.each([
    ['a machine with one core', { cores: 1, memory: Infinity }, 1],
    ['two cores', { cores: 2, memory: Infinity }, 2],
    ['many cores', { cores: 64, memory: Infinity }, 4],
    ['a container of half a gigabyte', { cores: 8, memory: gigabyte / 2 }, 1],
    ['a container of one gigabyte', { cores: 8, memory: gigabyte }, 2],
    ['a container too small for anything', { cores: 8, memory: gigabyte / 8 }, 1],
  ])('suits %s', (_, machine, expected) => {
    expect(chooseProcesses({ mail, database }, undefined, machine)).toBe(expected);
  });

  it('leaves each process two connections', () => {
    const few = { ...database, poolMax: 5 };
    expect(chooseProcesses({ mail, database: few }, undefined, { cores: 4, memory: Infinity })).toBe(2);
  });

  it('is one with the development mailbox, and the number asked for otherwise', () => {
    const mailbox = { transport: 'mailbox' as const, from: 'a@clinica.example' };
    const machine = { cores: 4, memory: Infinity };
    expect(chooseProcesses({ mail: mailbox, database }, undefined, machine)).toBe(1);
    expect(chooseProcesses({ mail: mailbox, database }, 1, machine)).toBe(1);
    expect(chooseProcesses({ mail, database }, 7, machine)).toBe(7);
  });
});

it('shares the connections out to the last one', () => {
  for (const [poolMax, of] of [
    [10, 2],
    [10, 3],
    [10, 4],
    [7, 7],
  ] as const) {
    const shares = Array.from({ length: of }, (_, index) => shareConnections(poolMax, { number: index + 1, of }));
    expect(shares.reduce((sum, share) => sum + share)).toBe(poolMax);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  }
});

it('shares the container’s memory, less what the watching process needs', () => {
  const mebibyte = 1024 ** 2;
  expect(chooseLoadLimits(1, 1000 * mebibyte).memory).toBe(850 * mebibyte);
  expect(chooseLoadLimits(2, 1000 * mebibyte).memory).toBe(393 * mebibyte);
  expect(chooseLoadLimits(2, 0).memory).toBe(Infinity);
});

it('waits longer with every failure, gives up after six in a minute, and forgets old ones', () => {
  const restarts = new Restarts();
  expect([0, 1, 2, 3, 4, 5].map((at) => restarts.pauseAfter(at))).toEqual([250, 500, 1000, 2000, 4000, 5000]);
  expect(restarts.pauseAfter(6)).toBeUndefined();
  expect(new Restarts().pauseAfter(0)).toBe(250);
  const rare = new Restarts();
  for (let minute = 0; minute < 20; minute++) expect(rare.pauseAfter(minute * 60_000)).toBe(250);
});

describe('metrics of several processes', () => {
  const none = () => undefined;

  it('are complete when all have answered, or those who ended were taken off', async () => {
    const rounds = new MetricsRounds();
    let round = 0;
    const gathered = rounds.gather([1, 2, 3], (_, number) => (round = number));
    rounds.receive(1, round, []);
    rounds.receive(1, round, []);
    rounds.forget(3);
    rounds.receive(2, round, []);
    expect(await gathered).toHaveLength(2);
    expect(await rounds.gather([], none)).toEqual([]);
  });

  it('do not wait for one that is stuck', async () => {
    vi.useFakeTimers();
    try {
      const rounds = new MetricsRounds();
      let round = 0;
      const gathered = rounds.gather([1, 2], (_, number) => (round = number));
      rounds.receive(2, round, []);
      vi.advanceTimersByTime(2000);
      expect(await gathered).toHaveLength(1);
      rounds.receive(1, round, []);
    } finally {
      vi.useRealTimers();
    }
  });
});
