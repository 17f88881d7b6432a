import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Names of the events in the server's log. */
const events = new Set(
  readdirSync(join(root, 'src', 'server'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(join(root, 'src', 'server', file), 'utf8').matchAll(/(?:\bevent: |complain\()'([a-z_]+)'/g),
    ])
    .flatMap(([, name]) => name ?? []),
);

it.each(['docs/operations.md', 'docs/operations.pt-BR.md'])('%s explains every event of the log', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  expect(events.size).toBeGreaterThan(20);
  expect([...events].filter((event) => !text.includes(`\`${event}\``))).toEqual([]);
});

it('the guides in both languages have the same commands and variables', () => {
  const [english, portuguese] = ['docs/operations.md', 'docs/operations.pt-BR.md'].map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [
      ...new Set(text.match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|--[a-z][a-z-]+\b|\bacolhe [a-z]+(?:-[a-z]+)*\b/g)),
    ].sort();
  });
  expect(portuguese).toEqual(english);
});
