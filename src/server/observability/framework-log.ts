import type { FastifyBaseLogger } from 'fastify';
import type { Logger } from 'pino';

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * The logger for the web framework and its plugins. Our own lines have an `event` and pass unchanged. Of all other lines only
 * the error is kept: at low levels they contain headers and addresses with tokens, cookies and searches.
 */
export class FrameworkLog implements FastifyBaseLogger {
  readonly #parent: Logger;
  readonly #bindings: Record<string, unknown> | undefined;
  #made: Logger | undefined;

  constructor(parent: Logger, bindings?: Record<string, unknown>) {
    this.#parent = parent;
    this.#bindings = bindings;
  }

  /** Made when something is written: every request has a log of its own, and few write to it. */
  get #log(): Logger {
    return (this.#made ??= this.#bindings === undefined ? this.#parent : this.#parent.child(this.#bindings));
  }

  get level(): string {
    return this.#log.level;
  }

  set level(level: string) {
    this.#log.level = level;
  }

  silent(): void {
    // Lines at the level `silent` are written nowhere.
  }
  trace(...line: readonly unknown[]): void {
    this.#write('trace', line);
  }
  debug(...line: readonly unknown[]): void {
    this.#write('debug', line);
  }
  info(...line: readonly unknown[]): void {
    this.#write('info', line);
  }
  warn(...line: readonly unknown[]): void {
    this.#write('warn', line);
  }
  error(...line: readonly unknown[]): void {
    this.#write('error', line);
  }
  fatal(...line: readonly unknown[]): void {
    this.#write('fatal', line);
  }

  child(bindings: Record<string, unknown>): FrameworkLog {
    return new FrameworkLog(this.#log, bindings);
  }

  #write(level: Level, [first, message]: readonly unknown[]): void {
    const fields = typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : {};
    if (typeof fields['event'] === 'string') this.#log[level](fields, String(message));
    else {
      const err = first instanceof Error ? first : fields['err'];
      this.#log[level]({ event: 'framework', ...(err === undefined ? {} : { err }) }, 'the web framework reports');
    }
  }
}
