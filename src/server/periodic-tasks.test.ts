import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FeatureContext } from './feature.ts';
import { contributions, features } from './features.ts';
import { loadConfig } from './config.ts';
import { projectRoot } from './project-root.ts';

const source = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

const secondsIn = { s: 1, h: 3600 } as const;

/** Where each task of the documentation's table is declared, with its seconds: `audit 60`. */
function readTable(): string[] {
  const text = source('docs/architecture.md');
  const [, table = ''] = /\*\*Periodic tasks\*\*[^\n]*\n\n((?: *\|[^\n]*\n)+)/.exec(text) ?? [];
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, , every = '', where = '']) => {
      const [, count, unit] = /^(\d+) (s|h)(?:,|$)/.exec(every) ?? [];
      const seconds = Number(count) * secondsIn[unit as keyof typeof secondsIn];
      return `${/`([^`]+)`/.exec(where)?.[1] ?? where} ${String(seconds)}`;
    });
}

/** The same of the code: tasks of the features, and what the server repeats of its own. */
function readCode(): string[] {
  // Nothing runs: the tasks only have to say when.
  const config = loadConfig({ DATA_DIR: tmpdir(), SECRET_KEY: 'of-the-tests-1234567890-abcdefghijk' });
  const context = { config, contributions } as unknown as FeatureContext;
  const ofFeatures = features.flatMap(({ name, periodicTasks }) =>
    (periodicTasks?.(context) ?? []).map(({ everySeconds }) => `${name} ${String(everySeconds)}`),
  );
  const ofServer = [...source('src/server/server.ts').matchAll(/everySeconds: (\d+)/g)];
  return [...ofFeatures, ...ofServer.map(([, seconds = '']) => `server.ts ${seconds}`)];
}

describe('the table of periodic tasks in the documentation', () => {
  it('has every task of the code and no other, each with its interval', () => {
    expect(readTable().sort()).toEqual(readCode().sort());
  });
});
