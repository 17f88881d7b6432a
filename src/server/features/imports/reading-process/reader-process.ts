import { type ChildProcess, fork } from 'node:child_process';
import type { FromReader, ToReader } from './messages.ts';

/** Megabytes of its heap: the texts of the largest workbook fit. */
const heapMegabytes = 256;
/** Starting one takes a quarter of a second of processor time, so one that is free waits for the next file. */
const idleSeconds = 60;

interface Watcher {
  readonly onMessage: (message: FromReader) => void;
  /** It has ended by itself, by this signal if one is given. */
  readonly onExit: (code: number | null, signal: NodeJS.Signals | null) => void;
}

/**
 * A process that reads files. A thread would not do: one that runs out of memory mostly takes the whole process along
 * (V8 aborts), so nothing but another process keeps a server alive whatever it is sent.
 */
export class ReaderProcess {
  readonly #child: ChildProcess;
  #watcher: Watcher | undefined;
  #hasEnded = false;

  constructor() {
    this.#child = fork(new URL('./main.ts', import.meta.url), {
      // Neither secrets nor what this process was started with.
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

  /** Whether this process stays for it. */
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

/** One that is free, or a new one. */
export function takeReader(): ReaderProcess {
  const free = spare;
  spare = undefined;
  if (free === undefined) return new ReaderProcess();
  clearTimeout(free.timer);
  if (free.reader.hasEnded) return new ReaderProcess();
  free.reader.hold(true);
  return free.reader;
}

/** Keeps one that has finished its file for the next; one is enough. */
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
