import { getHeapStatistics } from 'node:v8';

const mebibyte = 1024 * 1024;
/** Bytes of the old generation that are enough for a serving process: files are read and written elsewhere. */
const enough = 1024 * mebibyte;

/**
 * How Node's heap is sized in a serving process. Semi-spaces of the young generation of half their usual size, but large enough that
 * what a request makes is garbage before it is moved to the old generation. V8 collects the old one the later the more memory the machine has;
 * with a limit it stays a third smaller under load. Where V8 itself has chosen a lower limit, on a small machine, that is kept.
 * A process that serves alone gets what can still be set of this from scripts/bootstrap/node-runtime.mjs.
 */
export const chooseHeapOptions = (limit = getHeapStatistics().heap_size_limit): readonly string[] => [
  '--max-semi-space-size=8',
  ...(limit > enough ? [`--max-old-space-size=${String(enough / mebibyte)}`] : []),
];
