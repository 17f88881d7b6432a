import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readMarkdown } from './markdown.ts';

const guide = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'guia');

it('reads titles, lists, steps, pictures, strong words and links', () => {
  const text = '# Um\n\nDois **três**\nquatro [cinco](seis.md).\n\n- a\n  b\n- c\n\n1. d\n\n![e](f.webp)';
  expect(readMarkdown(text)).toEqual([
    { kind: 'title', runs: [{ text: 'Um' }] },
    {
      kind: 'text',
      runs: [
        { text: 'Dois ' },
        { text: 'três', isStrong: true },
        { text: ' quatro ' },
        { text: 'cinco', to: 'seis.md' },
        { text: '.' },
      ],
    },
    { kind: 'list', items: [[{ text: 'a b' }], [{ text: 'c' }]] },
    { kind: 'steps', items: [[{ text: 'd' }]] },
    { kind: 'picture', alt: 'e', path: 'f.webp' },
  ]);
});

it('every page of the guide has one title, and what it links and shows is there', async () => {
  const pages = (await readdir(guide)).filter((name) => name.endsWith('.md'));
  expect(pages.length).toBeGreaterThanOrEqual(6);
  for (const page of pages) {
    const blocks = readMarkdown(await readFile(join(guide, page), 'utf8'));
    expect([page, blocks.filter(({ kind }) => kind === 'title').length]).toEqual([page, 1]);
    const paths = blocks.flatMap((block) => {
      if (block.kind === 'picture') return [block.path];
      const runs = 'items' in block ? block.items.flat() : block.runs;
      expect([page, runs.filter(({ text }) => /[*`_[\]]/.test(text))]).toEqual([page, []]);
      return runs.flatMap(({ to }) => to ?? []);
    });
    expect([page, paths.filter((path) => !existsSync(join(guide, path)))]).toEqual([page, []]);
  }
});
