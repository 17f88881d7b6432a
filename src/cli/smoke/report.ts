/** The result of one check. */
export interface StepResult {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly milliseconds: number;
  /** What was seen, or why it failed or was skipped. */
  readonly detail: string;
}

/** Thrown by a step that cannot run here; the message is the reason. */
export class Skipped extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Skipped';
  }
}

/** Throws an Error with the message `otherwise` unless the condition holds. */
export function expectThat(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** Runs steps one after the other and keeps their results; a step that fails does not end the run. */
export class Report {
  readonly results: StepResult[] = [];
  readonly #tell: (result: StepResult) => void;

  constructor(tell: (result: StepResult) => void) {
    this.#tell = tell;
  }

  /** Returns the step's result, or undefined if it failed or was skipped. */
  async step<Value>(
    name: string,
    work: () => Promise<readonly [detail: string, value: Value]>,
  ): Promise<Value | undefined> {
    const started = performance.now();
    const finish = (outcome: StepResult['outcome'], detail: string): void => {
      const result = { name, outcome, milliseconds: Math.round(performance.now() - started), detail };
      this.results.push(result);
      this.#tell(result);
    };
    try {
      const [detail, value] = await work();
      finish('passed', detail);
      return value;
    } catch (error) {
      finish(error instanceof Skipped ? 'skipped' : 'failed', describe(error));
      return undefined;
    }
  }

  skip(name: string, reason: string): void {
    const result: StepResult = { name, outcome: 'skipped', milliseconds: 0, detail: reason };
    this.results.push(result);
    this.#tell(result);
  }

  count(outcome: StepResult['outcome']): number {
    return this.results.filter((result) => result.outcome === outcome).length;
  }
}

/** fetch keeps the reason of a failure in `cause`. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

// XML 1.0 does not allow control characters.
const controlCharacters = /\p{Cc}/gu;

const escapeXml = (text: string): string =>
  text.replace(controlCharacters, ' ').replace(/[<>&"']/g, (character) => `&#${String(character.charCodeAt(0))};`);

/** Renders the results as JUnit XML, for build servers. */
export function renderJunit(results: readonly StepResult[], baseUrl: string): string {
  const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
  const count = (outcome: StepResult['outcome']): string =>
    String(results.filter((result) => result.outcome === outcome).length);
  const cases = results.map(({ name, outcome, milliseconds, detail }) => {
    const text = escapeXml(detail);
    const inside =
      outcome === 'failed'
        ? `<failure message="${text}"/>`
        : outcome === 'skipped'
          ? `<skipped message="${text}"/>`
          : `<system-out>${text}</system-out>`;
    return `    <testcase classname="acolhe.smoke" name="${escapeXml(name)}" time="${seconds(milliseconds)}">${inside}</testcase>`;
  });
  const total = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="acolhe smoke ${escapeXml(baseUrl)}" tests="${String(results.length)}" failures="${count('failed')}" skipped="${count('skipped')}" time="${seconds(total)}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
