import type { Logger } from 'pino';

interface Told {
  readonly event: string;
  readonly message: string;
}

interface Words {
  readonly failed: Told & { readonly level: 'warn' | 'error' };
  readonly over: Told;
}

/** Logs a failure that is tried again and again: each kind of it once, and when it is over. */
export class LastingFailure {
  readonly #log: Pick<Logger, 'warn' | 'error' | 'info'>;
  readonly #words: Words;
  readonly #kinds = new Set<string>();

  constructor(log: Pick<Logger, 'warn' | 'error' | 'info'>, words: Words) {
    this.#log = log;
    this.#words = words;
  }

  note(error: unknown): void {
    const kind = kindOf(error);
    if (this.#kinds.has(kind)) return;
    this.#kinds.add(kind);
    const { level, event, message } = this.#words.failed;
    this.#log[level]({ event, err: error }, message);
  }

  /** It succeeded: the next failure is a new one. */
  end(): void {
    if (this.#kinds.size === 0) return;
    this.#kinds.clear();
    const { event, message } = this.#words.over;
    this.#log.info({ event }, message);
  }
}

/** Messages are no kinds: they may contain ports, times or ids. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return `${error.name} ${'code' in error ? String(error.code) : ''}`;
}
