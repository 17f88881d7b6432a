/** Small work that each server repeats, independent of requests: of its processes the first one. */
export interface PeriodicTask {
  readonly everySeconds: number;
  /** `stopping` is aborted when the process stops, which waits for the run: long ones end early then. */
  readonly run: (stopping: AbortSignal) => Promise<unknown>;
  /** What is logged when a run fails; the next run tries again. */
  readonly failure: { readonly event: string; readonly message: string };
}

export interface Repetition {
  /** Stops repeating, and waits for a run in progress, which is told to stop. */
  stop(): Promise<void>;
}

/** Repeats a task until stopped, one run at a time. */
export function startPeriodicTask(
  { everySeconds, run, failure }: PeriodicTask,
  onFailure: (error: unknown, failure: PeriodicTask['failure']) => void,
): Repetition {
  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = run(stopping.signal)
      .catch((error: unknown) => {
        onFailure(error, failure);
      })
      .finally(() => {
        busy = false;
      });
  }, everySeconds * 1000);
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
