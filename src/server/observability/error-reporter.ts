/** Where an error occurred, without personal data: a route's pattern, never the path. */
export interface Where {
  readonly requestId?: string;
  readonly method?: string;
  readonly route?: string;
  /** The kind of a job, or the name of a periodic task. */
  readonly task?: string;
}

export interface ErrorReporter {
  /** Never throws and never waits. */
  report(error: unknown, where: Where): void;
  /** Waits up to two seconds for reports that are being sent. */
  close(): Promise<void>;
}
