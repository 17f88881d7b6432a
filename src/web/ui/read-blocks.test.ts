import { expect, it } from 'vitest';
import { readBlocks } from './read-blocks.ts';

it('a text is headings, lists and paragraphs; nothing else in it means anything', () => {
  const text =
    '# Quais dados\r\nNome e telefone\ne endereço.\n\n- um\n- dois\nDepois.\n#sem espaço\n\n<b>negrito</b>\n- [x](javascript:1)';
  expect(readBlocks(text)).toEqual([
    { kind: 'heading', text: 'Quais dados' },
    { kind: 'paragraph', text: 'Nome e telefone\ne endereço.' },
    { kind: 'list', items: ['um', 'dois'] },
    { kind: 'paragraph', text: 'Depois.\n#sem espaço' },
    { kind: 'paragraph', text: '<b>negrito</b>' },
    { kind: 'list', items: ['[x](javascript:1)'] },
  ]);
  expect(readBlocks(' \n\n')).toEqual([]);
});
