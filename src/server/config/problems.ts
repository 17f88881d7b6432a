/** Something wrong with the environment. */
export interface ConfigProblem {
  readonly variable: string;
  /** The value as it may be shown (showValue); undefined when none was set. */
  readonly got: string | undefined;
  /** What the variable accepts, or what to do. */
  readonly takes: string;
}

/** Formats a value for messages: only the length of a secret, at most 100 characters of anything else. */
export function showValue(value: string, secret: boolean): string {
  if (secret) return `(hidden, ${value.length} character${value.length === 1 ? '' : 's'})`;
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);
}

const formatProblem = ({ variable, got, takes }: ConfigProblem): string =>
  `  ${variable}: got ${got ?? 'nothing'}; takes ${takes}`;

/** The environment is invalid. The message has one line per problem. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(`The configuration has ${problems.length} problem(s):\n${problems.map(formatProblem).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
