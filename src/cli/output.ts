/** Prints a line of the result to stdout. */
export const printLine = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Prints the result to stdout as JSON. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
};

/** Prints progress or a remark to stderr; never part of the result. */
export const printNote = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** `1 client`, `2 clients`. */
export const formatCount = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
