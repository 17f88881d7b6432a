import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { FromReader, ToReader } from './messages.ts';

/** Heap limit; enough for the texts of the largest allowed workbook. */
const heapMegabytes = 256;
/** Its program: in the bundle, where everything lies in one folder, it is a file of its own (vite.server.config.ts). */
const program = import.meta.filename.endsWith('.ts') ? 'main.ts' : 'reading-process.mjs';
/** How long an idle process is kept for the next file. Starting one takes a quarter of a second of processor time. */
const idleSeconds = 60;

interface Watcher {
  readonly onMessage: (message: FromReader) => void;
  /** Called when it has ended by itself. */
  readonly onExit: (code: number | null, signal: NodeJS.Signals | null) => void;
}

/**
 * A process that reads files. A worker thread would not be enough: when a thread runs out of memory, V8 mostly aborts the whole
 * process, and with it the server.
 */
export class ReaderProcess {
  readonly #child: ChildProcess;
  #watcher: Watcher | undefined;
  #hasEnded = false;

  constructor() {
    this.#child = fork(join(import.meta.dirname, program), {
      // Pass on no secrets and none of this process's own options.
      env: {},
      execArgv: [`--max-old-space-size=${String(heapMegabytes)}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (message: FromReader) => this.#watcher?.onMessage(message));
    this.#child.on('error', () => {
      this.#end(null, null);
    });
    this.#child.on('exit', (code, signal) => {
      this.#end(code, signal);
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  watch(watcher: Watcher | undefined): void {
    this.#watcher = watcher;
    if (this.#hasEnded) watcher?.onExit(null, null);
  }

  send(message: ToReader): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Whether this child keeps the main process from exiting. */
  hold(isHeld: boolean): void {
    if (isHeld) this.#child.ref();
    else this.#child.unref();
    if (isHeld) this.#child.channel?.ref();
    else this.#child.channel?.unref();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #end(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#watcher?.onExit(code, signal);
  }
}

let spare: { readonly reader: ReaderProcess; readonly timer: NodeJS.Timeout } | undefined;

/** Takes the idle process, or starts one. */
export function takeReader(): ReaderProcess {
  const free = spare;
  spare = undefined;
  if (free === undefined) return new ReaderProcess();
  clearTimeout(free.timer);
  if (free.reader.hasEnded) return new ReaderProcess();
  free.reader.hold(true);
  return free.reader;
}

/** Keeps a process for the next file. If one is already kept, ends this one. */
export function giveBack(reader: ReaderProcess): void {
  reader.watch(undefined);
  if (spare !== undefined && !spare.reader.hasEnded) {
    reader.kill();
    return;
  }
  reader.hold(false);
  const timer = setTimeout(() => {
    if (spare?.reader === reader) spare = undefined;
    reader.kill();
  }, idleSeconds * 1000);
  timer.unref();
  spare = { reader, timer };
}
