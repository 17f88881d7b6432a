import autocannon from 'autocannon';

/** What callers saw of one kind of request. */
export interface Answers {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** How many were answered, and how many of them by an error or not at all. */
  readonly count: number;
  readonly failed: number;
}

/** As many as a small clinic's people have open at once, and the same in every figure where nothing else is said. */
const usualConnections = 16;

export interface LoadOptions {
  readonly address: string;
  readonly token: string;
  readonly seconds: number;
  readonly requests: readonly autocannon.Request[];
  readonly connections?: number;
}

/** Sends requests in turn over sixteen connections or as many as told, each as soon as the one before is answered. */
export async function measureLoad(options: LoadOptions): Promise<Answers> {
  const { address, token, seconds, requests, connections = usualConnections } = options;
  const times: number[] = [];
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      {
        url: address,
        connections,
        duration: seconds,
        headers: { authorization: `Bearer ${token}` },
        requests: [...requests],
      },
      (error: Error | null, ended) => {
        if (error === null) resolve(ended);
        else reject(error);
      },
    );
    // autocannon's own percentiles are in whole milliseconds.
    run.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  });
  return {
    ...summarize(times, result.duration),
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

/** Calls one after the other for so long, where each needs what the one before brought. */
export async function measureCalls(seconds: number, call: () => Promise<unknown>): Promise<Answers> {
  const times: number[] = [];
  const begun = performance.now();
  while (performance.now() - begun < seconds * 1000) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return { ...summarize(times, (performance.now() - begun) / 1000), failed: 0 };
}

export function summarize(times: readonly number[], seconds: number): Omit<Answers, 'failed'> {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), count: times.length };
}
