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
export const toSourceTrace = (stack: string): string =>
  stack.replace(
    /((?:file:|\/|[A-Z]:\\)[^\n()]*?\.mjs):(\d+):(\d+)/g,
    (written, file: string, line: string, column: string) => {
      const from = { file, line: Number(line), column: Number(column) };
      const source = findSource(from);
      return source === from ? written : `${source.file}:${String(source.line)}:${String(source.column)}`;
    },
  );
