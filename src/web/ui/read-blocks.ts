export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/** The blocks of a text: `# ` begins a heading, `- ` an item of a list, an empty line the next paragraph. */
export function readBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let isOpen = false;
  for (const written of text.split(/\r\n|\r|\n/)) {
    const line = written.trim();
    const last = isOpen ? blocks.at(-1) : undefined;
    isOpen = line !== '' && !line.startsWith('# ');
    if (line.startsWith('# ')) blocks.push({ kind: 'heading', text: line.slice(2).trim() });
    else if (line.startsWith('- ')) {
      const item = line.slice(2).trim();
      if (last?.kind === 'list') blocks.splice(-1, 1, { kind: 'list', items: [...last.items, item] });
      else blocks.push({ kind: 'list', items: [item] });
    } else if (line !== '') {
      if (last?.kind === 'paragraph') blocks.splice(-1, 1, { kind: 'paragraph', text: `${last.text}\n${line}` });
      else blocks.push({ kind: 'paragraph', text: line });
    }
  }
  return blocks;
}
