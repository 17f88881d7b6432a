export interface Comparison {
  readonly name: string;
  readonly ours: string;
  readonly other: string;
  readonly unit: string;
  /** How many times better ours is than the other. */
  readonly ratio: number;
}

const seconds = 2;
const readers = 16;

/** How often `work` finishes per second, with 16 running at a time, after a second to warm up. */
export async function perSecond(work: (turn: number) => Promise<unknown>): Promise<number> {
  await runFor(1, work);
  return (await runFor(seconds, work)) / seconds;
}

async function runFor(length: number, work: (turn: number) => Promise<unknown>): Promise<number> {
  const end = Date.now() + length * 1000;
  let done = 0;
  const reader = async (): Promise<void> => {
    while (Date.now() < end) {
      await work(done);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  return done;
}

/** The median of five timings of `work`, in milliseconds, after one to warm up. */
export async function medianMilliseconds(work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}
