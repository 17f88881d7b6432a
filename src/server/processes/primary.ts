import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { type FromProcess, tell } from './messages.ts';
import { MetricsRounds } from './metrics-rounds.ts';
import { type Place, placeVariable } from './place.ts';
import { Restarts } from './restarts.ts';

export interface PrimaryOptions {
  readonly processes: number;
  readonly log: Logger;
  /** Added to the environment of every process. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the first process migrates. */
  readonly migrate: boolean;
  /** Options of Node for the processes. */
  readonly execArgv: readonly string[];
}

/** Milliseconds for processes to stop by themselves; then they are killed. */
const stopPatience = 10_000;

interface Member {
  readonly worker: Worker;
  isListening: boolean;
}

/**
 * Starts processes that serve on one port, replaces those that end, and passes messages between them. The first one prepares
 * the database; the others follow when it listens.
 */
export class Primary {
  readonly #options: PrimaryOptions;
  readonly #members = new Map<number, Member>();
  readonly #rounds = new MetricsRounds();
  readonly #restarts = new Restarts();
  readonly #ended = Promise.withResolvers<number>();
  #areJobsAlive = false;
  #isServing = false;
  #isStopping = false;
  #exitCode = 0;

  constructor(options: PrimaryOptions) {
    this.#options = options;
    cluster.setupPrimary({ execArgv: [...options.execArgv] });
  }

  /** Resolves with the exit code when no process is left: after `stop`, a failed start, or failures without end. */
  run(): Promise<number> {
    this.#start(1);
    return this.#ended.promise;
  }

  stop(signal: string): void {
    if (this.#isStopping) return;
    this.#options.log.info({ event: 'stopping', signal }, 'stopping');
    this.#end(signal, 0);
  }

  #end(signal: string, exitCode: number): void {
    this.#isStopping = true;
    this.#exitCode = exitCode;
    for (const { worker } of this.#members.values()) tell(worker.process, { kind: 'stop', signal });
    const timer = setTimeout(() => {
      this.#exitCode = 1;
      for (const { worker } of this.#members.values()) worker.process.kill('SIGKILL');
    }, stopPatience);
    timer.unref();
    this.#finishIfEmpty();
  }

  #finishIfEmpty(): void {
    if (this.#isStopping && this.#members.size === 0) this.#ended.resolve(this.#exitCode);
  }

  #start(number: number): void {
    if (this.#isStopping) return;
    const { processes, env, migrate } = this.#options;
    const isFirst = !this.#isServing && number === 1;
    const place: Place = { number, of: processes, isFirst, migrate: isFirst && migrate };
    const worker = cluster.fork({ ...env, [placeVariable]: JSON.stringify(place) });
    const member = { worker, isListening: false };
    this.#members.set(number, member);
    worker.on('message', (message: FromProcess) => {
      this.#receive(number, member, message);
    });
    // A message that could not be sent: the exit that follows is what counts.
    worker.on('error', () => undefined);
    worker.once('exit', (code, signal) => {
      this.#replace(number, code, signal);
    });
  }

  #replace(number: number, code: number, signal: string): void {
    const { log } = this.#options;
    this.#members.delete(number);
    this.#rounds.forget(number);
    if (number === 1) this.#tellJobs(false);
    if (this.#isStopping) {
      if (code !== 0) this.#exitCode = 1;
      this.#finishIfEmpty();
      return;
    }
    if (!this.#isServing) {
      // The process has said why on its own.
      this.#end('failed start', code === 0 ? 1 : code);
      return;
    }
    const pause = this.#restarts.pauseAfter(performance.now());
    if (pause === undefined) {
      log.fatal(
        { event: 'processes_keep_ending', process: number, code, signal },
        'serving processes keep ending: giving up',
      );
      process.stderr.write('The serving processes end again and again: the log says why each of them did.\n');
      this.#end('crash loop', 1);
      return;
    }
    log.error(
      { event: 'process_ended', process: number, code, signal, ms: pause },
      'a serving process ended and is replaced',
    );
    setTimeout(() => {
      this.#start(number);
    }, pause);
  }

  #receive(number: number, member: Member, message: FromProcess): void {
    switch (message.kind) {
      case 'listening':
        this.#welcome(number, member, message.address);
        break;
      case 'jobs':
        this.#tellJobs(message.alive);
        break;
      case 'metrics_wanted':
        void this.#gatherMetrics(member, message.request);
        break;
      case 'metrics':
        this.#rounds.receive(number, message.round, message.values);
        break;
    }
  }

  #welcome(number: number, member: Member, address: string): void {
    const { log, processes } = this.#options;
    member.isListening = true;
    log.info({ event: 'process_started', process: number, pid: member.worker.process.pid }, 'a process serves');
    tell(member.worker.process, { kind: 'jobs', alive: this.#areJobsAlive });
    if (this.#isServing) return;
    this.#isServing = true;
    log.info({ event: 'listening', address, processes }, `listening on ${address}`);
    for (let other = 2; other <= processes; other++) this.#start(other);
  }

  #tellJobs(alive: boolean): void {
    this.#areJobsAlive = alive;
    for (const { worker } of this.#members.values()) tell(worker.process, { kind: 'jobs', alive });
  }

  async #gatherMetrics(asking: Member, request: number): Promise<void> {
    const listening = [...this.#members].filter(([, { isListening }]) => isListening);
    const members = new Map(listening);
    const all = await this.#rounds.gather(members.keys(), (number, round) => {
      const worker = members.get(number)?.worker;
      if (worker !== undefined) tell(worker.process, { kind: 'metrics_asked', round });
    });
    tell(asking.worker.process, { kind: 'metrics_gathered', request, all });
  }
}
