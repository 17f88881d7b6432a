/** A line of the result, for people and pipes. */
export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** The result as data. */
export const sayJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
};

/** Progress and notes; never part of the result. */
export const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** `1 client`, `2 clients`. */
export const counted = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
