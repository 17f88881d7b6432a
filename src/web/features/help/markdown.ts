/** A part of a line: plain, strong, or a link. */
export interface Run {
  readonly text: string;
  readonly isStrong?: true;
  readonly to?: string;
}

export type Block =
  | { readonly kind: 'title' | 'heading' | 'text'; readonly runs: readonly Run[] }
  | { readonly kind: 'list' | 'steps'; readonly items: readonly (readonly Run[])[] }
  | { readonly kind: 'picture'; readonly alt: string; readonly path: string };

const inline = /\*\*(?<strong>[^*]+)\*\*|\[(?<text>[^\]]+)\]\((?<to>[^)]+)\)/g;

function readRuns(line: string): Run[] {
  const runs: Run[] = [];
  let end = 0;
  for (const match of line.matchAll(inline)) {
    const { strong, text, to } = match.groups ?? {};
    if (match.index > end) runs.push({ text: line.slice(end, match.index) });
    if (strong !== undefined) runs.push({ text: strong, isStrong: true });
    else if (text !== undefined && to !== undefined) runs.push({ text, to });
    end = match.index + match[0].length;
  }
  if (end < line.length) runs.push({ text: line.slice(end) });
  return runs;
}

/** Lines of one item are joined: files break lines where they are long. */
const readItems = (lines: readonly string[], mark: RegExp): Run[][] => {
  const items: string[] = [];
  for (const line of lines)
    if (mark.test(line)) items.push(line.replace(mark, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  return items.map(readRuns);
};

const listMark = /^- /;
const stepMark = /^\d+\. /;

function readBlock(block: string): Block {
  const lines = block.split('\n');
  const [first = ''] = lines;
  const picture = /^!\[(?<alt>[^\]]*)\]\((?<path>[^)]+)\)$/.exec(block)?.groups;
  if (picture !== undefined) return { kind: 'picture', alt: picture['alt'] ?? '', path: picture['path'] ?? '' };
  if (first.startsWith('# ')) return { kind: 'title', runs: readRuns(first.slice(2)) };
  if (first.startsWith('## ')) return { kind: 'heading', runs: readRuns(first.slice(3)) };
  if (listMark.test(first)) return { kind: 'list', items: readItems(lines, listMark) };
  if (stepMark.test(first)) return { kind: 'steps', items: readItems(lines, stepMark) };
  return { kind: 'text', runs: readRuns(lines.join(' ')) };
}

/** Reads the little of Markdown that the guide is written in. */
export const readMarkdown = (text: string): Block[] =>
  text
    .trim()
    .split(/\n{2,}/)
    .map(readBlock);
