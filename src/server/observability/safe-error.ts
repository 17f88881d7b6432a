import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { projectRoot } from '../project-root.ts';
import { findSource } from '../source-positions.ts';

export interface Frame {
  readonly function: string | undefined;
  /** Relative to the project's folder, or Node's name: `node:net`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** True for our code, false for a package's or Node's. */
  readonly own: boolean;
}

/** The facts about an error that may leave the process. */
export interface SafeError {
  readonly type: string;
  /** SQLSTATE, or Node's error code. */
  readonly code?: string;
  readonly message?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  /** Innermost call first. */
  readonly frames: readonly Frame[];
  readonly cause?: SafeError;
}

/**
 * What went wrong and where, without personal data. Any message may contain a name, so only messages of V8, Node and PostgreSQL
 * are kept, with their variable parts masked. PostgreSQL's detail, where and hint are left out, because they quote whole rows.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, frames: [] };
  const { code, table, column, constraint } = error as Partial<pg.DatabaseError>;
  const message = readSafeMessage(error);
  return {
    type: toIdentifier(error.name) ?? 'Error',
    ...dropUndefined({ code: toIdentifier(code), message, table: toIdentifier(table), column: toIdentifier(column) }),
    ...dropUndefined({ constraint: toIdentifier(constraint) }),
    frames: parseFrames(error),
    ...(error.cause === undefined || depth === 3 ? {} : { cause: safeError(error.cause, depth + 1) }),
  };
}

const toIdentifier = (text: unknown): string | undefined =>
  typeof text === 'string' && /^[\w$.]{1,63}$/.test(text) ? text : undefined;

const dropUndefined = (fields: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined));

function readSafeMessage(error: Error): string | undefined {
  const line = (error.message.split('\n')[0] ?? '').slice(0, 200);
  if (error instanceof pg.DatabaseError)
    // SQLSTATE class 42 is about the text of a statement, which is ours and never contains data.
    return error.code?.startsWith('42') === true ? line : mask(line);
  return engineWords.test(line) ? mask(line) : undefined;
}

/** How V8's and Node's messages about faulty code begin. Messages about unparsable input are left out: they quote it. */
const engineWords =
  /^(?:Cannot |Assignment to constant|Maximum call stack|Reduce of empty|Invalid (?:array|string) length|Invalid time value|Converting circular structure|The "[\w.]+" argument|[\w$.()[\] ]+ is not (?:a function|a constructor|iterable|defined)$)/;

/** Masks quoted text, everything after a colon, e-mail addresses, numbers, and words that might be names. */
function mask(line: string): string {
  return line
    .replace(/"[^"]*"|'[^']*'|`[^`]*`|«[^»]*»|“[^”]*”|„[^“]*“/g, '…')
    .replace(/["'`«“„:].*$/, '…')
    .replace(/\S*@\S*/g, '…')
    .replace(/(?<=[^.] )\p{Lu}\S*/gu, '…')
    .replace(/\S*\d\S*/g, '#');
}

/** Reads stack lines such as `at async name (file:1:2)` or `at file:1:2`, never the message before them. */
function parseFrames(error: Error): Frame[] {
  const header = `${error.name}: ${error.message}`;
  const stack = error.stack ?? '';
  const trace = stack.startsWith(header) ? stack.slice(header.length) : stack.replaceAll(error.message, '');
  return [...trace.matchAll(/^ {4}at (?:async )?(?:(.*?) \()?((?:file:|node:|\/|[A-Z]:\\).*?):(\d+):(\d+)\)?$/gm)]
    .slice(0, 50)
    .map(([, name, file = '', line, column]) => {
      const source = findSource({ file, line: Number(line), column: Number(column) });
      return {
        function: name,
        ...source,
        file: toProjectPath(source.file),
        own: !/^node:|node_modules/.test(source.file),
      };
    });
}

function toProjectPath(file: string): string {
  if (file.startsWith('node:')) return file;
  const path = relative(projectRoot, file.startsWith('file:') ? fileURLToPath(file) : file);
  return path.replaceAll('\\', '/');
}

/** The safe facts about an error in the form of a log field. */
export function errorForLog(error: unknown): object {
  const { frames, cause, ...rest } = safeError(error);
  return {
    ...rest,
    stack: frames.map(({ function: name, file, line }) => `${name ?? ''} ${file}:${String(line)}`.trim()),
    ...(cause === undefined ? {} : { cause: errorForLog((error as Error).cause) }),
  };
}
