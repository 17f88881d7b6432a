/** One thing that is wrong with the environment. */
export interface ConfigProblem {
  readonly variable: string;
  /** The value as it may be shown; undefined when nothing was given. */
  readonly got: string | undefined;
  /** What the variable takes, or what to do. */
  readonly takes: string;
}

/** A value as it may be shown: secrets only by their length, the rest cut to a readable size. */
export function showValue(value: string, secret: boolean): string {
  if (secret) return `(hidden, ${value.length} character${value.length === 1 ? '' : 's'})`;
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);
}

const lineOf = ({ variable, got, takes }: ConfigProblem): string =>
  `  ${variable}: got ${got ?? 'nothing'}; takes ${takes}`;

/** Every problem of the environment at once, a line each. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(`The configuration has ${problems.length} problem(s):\n${problems.map(lineOf).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
