import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const mebibyte = 1024 * 1024;
/** Bytes of the old generation that are enough for a serving process: files are read and written elsewhere. */
const enough = 1024 * mebibyte;

/**
 * How Node's heap is sized in a serving process. Semi-spaces of the young generation of half their usual size, but large enough that
 * what a request makes is garbage before it is moved to the old generation, and not smaller after tidying. V8 collects the old one the
 * later the more memory the machine has; with a limit it stays a third smaller under load. Where V8 itself has chosen a lower limit, on
 * a small machine, that is kept. A process that serves alone gets what can still be set of this from
 * scripts/bootstrap/node-runtime.mjs.
 */
export const chooseHeapOptions = (limit = getHeapStatistics().heap_size_limit): readonly string[] => [
  '--min-semi-space-size=8',
  '--max-semi-space-size=8',
  ...(limit > enough ? [`--max-old-space-size=${String(enough / mebibyte)}`] : []),
];

/** The part of a second that a process at rest is at work at most. */
const rest = 0.2;

/**
 * Gives back what starting has left behind, a tenth of the process's memory: V8 would keep it until the heap has doubled. It stops
 * the process for a tenth of a second, once, in the first second in which hardly anybody has asked it for anything.
 */
export function tidyAfterStart(): void {
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (utilization > rest) return;
    clearInterval(timer);
    collectGarbage();
  }, 1000);
  timer.unref();
}

function collectGarbage(): void {
  // Compiled code stays: without it the process is a tenth slower for minutes.
  setFlagsFromString('--no-flush-bytecode');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
  collect({ type: 'major', flavor: 'last-resort' });
  setFlagsFromString('--flush-bytecode');
}
