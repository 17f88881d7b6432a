/** One of the processes that serve together on one port, and what it does besides answering requests. */
export interface Place {
  /** From 1; the first one runs background jobs and periodic tasks, which need to run once. */
  readonly number: number;
  /** The number of processes. */
  readonly of: number;
  /** Whether it prepares the database and greets, as it is the first of this start. */
  readonly isFirst: boolean;
  /** Whether it migrates: the embedded database, which the primary has started. */
  readonly migrate: boolean;
}

export const placeVariable = 'ACOLHE_PROCESS';

/** The place that the primary has given this process; undefined when it serves alone. */
export function readPlace(env: NodeJS.ProcessEnv): Place | undefined {
  const text = env[placeVariable];
  return text === undefined ? undefined : (JSON.parse(text) as Place);
}

export const runsJobs = (place: Pick<Place, 'number'> | undefined): boolean =>
  place === undefined || place.number === 1;

/** This process's part of the connections that all may open together. */
export const shareConnections = (poolMax: number, { number, of }: Pick<Place, 'number' | 'of'>): number =>
  Math.floor(poolMax / of) + (number <= poolMax % of ? 1 : 0);
