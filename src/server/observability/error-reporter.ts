/** Where an error came up, in words that hold no personal data: the pattern of a route, never an address. */
export interface Where {
  readonly requestId?: string;
  readonly method?: string;
  readonly route?: string;
  /** The kind of a job, or the name of a repeated duty. */
  readonly task?: string;
}

export interface ErrorReporter {
  /** Never throws and never waits. */
  report(error: unknown, where: Where): void;
  /** Waits a moment for what is under way. */
  close(): Promise<void>;
}
