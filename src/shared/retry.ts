interface RetryRules {
  /** How many times the work is done at most, the first time included. */
  readonly attempts: number;
  /** Whether doing it again may help after this error. */
  readonly when: (error: unknown) => boolean;
}

/** Does work again, without a pause, while it fails with an error that `when` accepts. Throws the last error. */
export async function retry<Result>(
  work: (attempt: number) => Promise<Result>,
  { attempts, when }: RetryRules,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= attempts || !when(error)) throw error;
    }
  }
}
