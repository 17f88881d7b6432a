import type { ChildProcess } from 'node:child_process';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** The metrics of one process, as prom-client adds them up. */
export type MetricValues = MetricObjectWithValues<MetricValue<string>>[];

/** What a serving process tells the primary. */
export type FromProcess =
  | { readonly kind: 'listening'; readonly address: string }
  /** Whether background jobs are running; told by the process that runs them. */
  | { readonly kind: 'jobs'; readonly alive: boolean }
  /** Somebody asked this process for the metrics of all. */
  | { readonly kind: 'metrics_wanted'; readonly request: number }
  | { readonly kind: 'metrics'; readonly round: number; readonly values: MetricValues };

/** What the primary tells a serving process. */
export type ToProcess =
  | { readonly kind: 'stop'; readonly signal: string }
  | { readonly kind: 'jobs'; readonly alive: boolean }
  | { readonly kind: 'metrics_asked'; readonly round: number }
  | { readonly kind: 'metrics_gathered'; readonly request: number; readonly all: MetricValues[] };

/** Sends a message; one to a process that has just ended is lost. */
export function tell(child: Pick<ChildProcess, 'connected' | 'send'>, message: ToProcess): void {
  if (child.connected) child.send(message, () => undefined);
}
