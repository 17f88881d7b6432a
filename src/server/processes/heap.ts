/**
 * How Node's heap is sized in a serving process. V8 lets the young generation grow to 48 MB in a server that makes much
 * short-lived garbage, memory that a small machine does not have. With a growth factor of 1 it stays at one megabyte and is
 * collected more often. A process that serves alone gets the same from scripts/bootstrap/node-runtime.mjs: it has to be set
 * before much is loaded.
 */
export const heapOptions: readonly string[] = ['--semi-space-growth-factor=1'];
