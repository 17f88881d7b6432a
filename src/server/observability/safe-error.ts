import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export interface Frame {
  readonly function: string | undefined;
  /** Below the project's folder where it is ours, else as Node names it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Our own code, not a package's or Node's. */
  readonly own: boolean;
}

/** What may leave the process about an error. */
export interface SafeError {
  readonly type: string;
  /** SQLSTATE, or Node's name of a failure. */
  readonly code?: string;
  readonly message?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  /** The innermost call first. */
  readonly frames: readonly Frame[];
  readonly cause?: SafeError;
}

const projectRoot = resolve(import.meta.dirname, '../../..');

/**
 * What went wrong and where, without the data involved. Any message may contain a name, so only messages worded by V8,
 * Node or PostgreSQL are kept, with their variable parts masked. PostgreSQL's detail, where and hint are left out: they
 * quote whole rows.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, frames: [] };
  const { code, table, column, constraint } = error as Partial<pg.DatabaseError>;
  const message = messageOf(error);
  return {
    type: identifier(error.name) ?? 'Error',
    ...defined({ code: identifier(code), message, table: identifier(table), column: identifier(column) }),
    ...defined({ constraint: identifier(constraint) }),
    frames: framesOf(error),
    ...(error.cause === undefined || depth === 3 ? {} : { cause: safeError(error.cause, depth + 1) }),
  };
}

const identifier = (text: unknown): string | undefined =>
  typeof text === 'string' && /^[\w$.]{1,63}$/.test(text) ? text : undefined;

const defined = (fields: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined));

function messageOf(error: Error): string | undefined {
  const line = (error.message.split('\n')[0] ?? '').slice(0, 200);
  if (error instanceof pg.DatabaseError)
    // SQLSTATE class 42 is about the text of a statement, which we write: it never contains data.
    return error.code?.startsWith('42') === true ? line : mask(line);
  return engineWords.test(line) ? mask(line) : undefined;
}

/**
 * How V8's and Node's messages about faulty code begin. Messages about input that they could not parse are not among
 * them.
 */
const engineWords =
  /^(?:Cannot |Assignment to constant|Maximum call stack|Reduce of empty|Invalid (?:array|string) length|Invalid time value|Converting circular structure|The "[\w.]+" argument|[\w$.()[\] ]+ is not (?:a function|a constructor|iterable|defined)$)/;

/** Replaces quoted text, what follows a colon, e-mail addresses, numbers, and words that might be names. */
function mask(line: string): string {
  return line
    .replace(/"[^"]*"|'[^']*'|`[^`]*`|«[^»]*»|“[^”]*”|„[^“]*“/g, '…')
    .replace(/["'`«“„:].*$/, '…')
    .replace(/\S*@\S*/g, '…')
    .replace(/(?<=[^.] )\p{Lu}\S*/gu, '…')
    .replace(/\S*\d\S*/g, '#');
}

/** Lines such as `at async name (file:1:2)` or `at file:1:2`. What precedes them is the message, which is not read. */
function framesOf(error: Error): Frame[] {
  const header = `${error.name}: ${error.message}`;
  const stack = error.stack ?? '';
  const trace = stack.startsWith(header) ? stack.slice(header.length) : stack.replaceAll(error.message, '');
  return [...trace.matchAll(/^ {4}at (?:async )?(?:(.*?) \()?((?:file:|node:|\/|[A-Z]:\\).*?):(\d+):(\d+)\)?$/gm)]
    .slice(0, 50)
    .map(([, name, file = '', line, column]) => ({
      function: name,
      file: nameOfFile(file),
      line: Number(line),
      column: Number(column),
      own: !/^node:|node_modules/.test(file),
    }));
}

function nameOfFile(file: string): string {
  if (file.startsWith('node:')) return file;
  const path = relative(projectRoot, file.startsWith('file:') ? fileURLToPath(file) : file);
  return path.replaceAll('\\', '/');
}

/** The same for a line of the log. */
export function errorForLog(error: unknown): object {
  const { frames, cause, ...rest } = safeError(error);
  return {
    ...rest,
    stack: frames.map(({ function: name, file, line }) => `${name ?? ''} ${file}:${String(line)}`.trim()),
    ...(cause === undefined ? {} : { cause: errorForLog((error as Error).cause) }),
  };
}
