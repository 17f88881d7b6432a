import { showValue, type ConfigProblem } from './problems.ts';
import type { Default, DefaultedVariable, Variable } from './variables/declaration.ts';
import { variables, type VariableName } from './variables.ts';

type ValueOf<Declared> =
  Declared extends DefaultedVariable<infer Value>
    ? Value
    : Declared extends Variable<infer Value>
      ? Value | undefined
      : never;

/** The value of every variable, defaults included. */
export type Values = { readonly [Name in VariableName]: ValueOf<(typeof variables)[Name]> };

interface Given {
  readonly name: string;
  readonly text: string;
}

/** Those of the names that are set, with their text. An empty variable counts as not set. */
const listGiven = (env: NodeJS.ProcessEnv, names: readonly string[]): Given[] =>
  names.flatMap((name) => {
    const text = env[name];
    return text === undefined || text.trim() === '' ? [] : [{ name, text }];
  });

const defaultText = (value: Default, debug: boolean): string =>
  typeof value === 'string' ? value : debug ? value.development : value.production;

/** Reads one variable. When its text is invalid, adds that to `problems` and returns the default. */
function readVariable(env: NodeJS.ProcessEnv, name: VariableName, debug: boolean, problems: ConfigProblem[]): unknown {
  const variable: Variable<unknown> = variables[name];
  const [given, ...others] = listGiven(env, [name, ...(variable.aliases ?? [])]);
  const rival = others.find((other) => other.text !== given?.text);
  if (given !== undefined && rival !== undefined)
    problems.push({
      variable: given.name,
      got: showValue(given.text, variable.secret === true),
      takes: `the same value as ${rival.name}, which is set too (or unset one of them)`,
    });
  const fallback =
    variable.default === undefined ? undefined : variable.kind.schema.parse(defaultText(variable.default, debug));
  if (given === undefined) return fallback;
  const result = variable.kind.schema.safeParse(given.text);
  if (result.success) return result.data;
  const got = showValue(given.text, variable.secret === true);
  problems.push({ variable: given.name, got, takes: variable.kind.takes.en });
  return fallback;
}

/** The variables as read. `isSet` is true also for an invalid value, which must not be reported as missing. */
export interface Reading {
  readonly values: Values;
  readonly debug: boolean;
  readonly problems: ConfigProblem[];
  readonly isSet: (name: VariableName) => boolean;
  readonly show: (name: VariableName) => string | undefined;
}

/** Reads every declared variable from the environment and collects all problems. */
export function readValues(env: NodeJS.ProcessEnv): Reading {
  const problems: ConfigProblem[] = [];
  // DEBUG decides which defaults apply, so it is read first. Invalid values are reported below, with the others.
  const production = readVariable(env, 'NODE_ENV', false, []) === 'production';
  const debug = (readVariable(env, 'DEBUG', false, []) as boolean | undefined) ?? !production;
  const names = Object.keys(variables) as VariableName[];
  const values = Object.fromEntries(names.map((name) => [name, readVariable(env, name, debug, problems)]));
  const given = (name: VariableName) => listGiven(env, [name, ...(variables[name].aliases ?? [])])[0];
  return {
    values: { ...values, DEBUG: debug } as Values,
    debug,
    problems,
    isSet: (name) => given(name) !== undefined,
    show: (name) => {
      const text = given(name)?.text;
      return text === undefined ? undefined : showValue(text, 'secret' in variables[name]);
    },
  };
}
