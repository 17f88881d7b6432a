import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from './project-root.ts';

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const bundle = join(projectRoot, 'dist', 'server');
/** The most positions that are remembered; one error repeats the same few. */
const capacity = 2000;
const known = new Map<string, Position>();

/**
 * Where code of the bundle stands in the sources; other positions stay as they are. Node could do this by itself
 * (--enable-source-maps), but it reads all maps at start and keeps them, which takes 90 MB. Here a map is read when an error
 * comes from its file, and dropped again.
 */
export function findSource(position: Position): Position {
  const path = position.file.startsWith('file:') ? fileURLToPath(position.file) : position.file;
  if (dirname(path) !== bundle) return position;
  const key = `${path}:${position.line}:${position.column}`;
  const found = known.get(key) ?? look(path, position) ?? position;
  if (known.size >= capacity) known.clear();
  known.set(key, found);
  return found;
}

function look(path: string, { line, column }: Position): Position | undefined {
  try {
    const map = new SourceMap(
      JSON.parse(readFileSync(`${path}.map`, 'utf8')) as ConstructorParameters<typeof SourceMap>[0],
    );
    const entry = map.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry)) return undefined;
    const { originalSource, originalLine, originalColumn } = entry;
    return { file: resolve(bundle, originalSource), line: originalLine + 1, column: originalColumn + 1 };
  } catch {
    return undefined;
  }
}

/** A stack trace with the positions of the sources. */
export const toSourceTrace = (stack: string): string => stack.split('\n').map(toSourceLine).join('\n');

/** A line of a trace: `at call (file:12:5)`, `at file:12:5` or `at async file:12:5`. */
function toSourceLine(text: string): string {
  const position = /\.mjs:(\d+):(\d+)/.exec(text);
  const bracket = text.lastIndexOf('(', position?.index);
  const lead = bracket < 0 ? /^\s*at (?:async )?/.exec(text) : null;
  const start = lead === null ? bracket + 1 : lead[0].length;
  if (position === null || start === 0) return text;
  const [written, line, column] = position;
  const end = position.index + '.mjs'.length;
  const from = { file: text.slice(start, end), line: Number(line), column: Number(column) };
  const source = findSource(from);
  if (source === from) return text;
  const found = `${source.file}:${String(source.line)}:${String(source.column)}`;
  return text.slice(0, start) + found + text.slice(position.index + written.length);
}
