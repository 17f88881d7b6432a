import { setTimeout as sleep } from 'node:timers/promises';

/** How one request ended, as its caller saw it. */
export interface Outcome {
  /** 0 if there was no answer. */
  readonly status: number;
  readonly type: string;
  readonly milliseconds: number;
  /** The id of the new client, if the server answered that it was created. */
  readonly id: string | undefined;
}

/** Callers who create one client after the other and note the answers. */
export interface Load {
  readonly outcomes: readonly Outcome[];
  /** Ids of the clients that the server said were created; the database must have all of them. */
  acknowledged(): string[];
  /** Stops the callers. Resolves once their last requests have ended. */
  stop(): Promise<void>;
}

/** Starts so many callers. They go on until they are stopped, also while the server is away. */
export function startLoad(address: string, accessToken: string, professionalId: string, callers: number): Load {
  const outcomes: Outcome[] = [];
  let running = true;
  let count = 0;
  const create = async (): Promise<Outcome> => {
    const started = performance.now();
    const since = (): number => performance.now() - started;
    count += 1;
    try {
      const answer = await fetch(`${address}/api/v1/clients`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ firstName: `Cliente ${String(count)}`, professionalId }),
      });
      const body = (await answer.json()) as { id?: string };
      const type = answer.headers.get('content-type') ?? '';
      return { status: answer.status, type, milliseconds: since(), id: answer.status === 201 ? body.id : undefined };
    } catch {
      return { status: 0, type: '', milliseconds: since(), id: undefined };
    }
  };
  const caller = async (): Promise<void> => {
    while (running) {
      const outcome = await create();
      outcomes.push(outcome);
      if (outcome.status !== 201) await sleep(50);
    }
  };
  const work = Promise.all(Array.from({ length: callers }, caller));
  return {
    outcomes,
    acknowledged: () => outcomes.flatMap(({ id }) => id ?? []),
    stop: async () => {
      running = false;
      await work;
    },
  };
}

/** The number that a share (0 to 1) of the numbers are below. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
