import { showValue, type ConfigProblem } from './problems.ts';
import type { Default, DefaultedVariable, Variable } from './variables/declaration.ts';
import { variables, type VariableName } from './variables.ts';

type ValueOf<Declared> =
  Declared extends DefaultedVariable<infer Value>
    ? Value
    : Declared extends Variable<infer Value>
      ? Value | undefined
      : never;

/** Every variable's value, its default filled in. */
export type Values = { readonly [Name in VariableName]: ValueOf<(typeof variables)[Name]> };

interface Given {
  readonly name: string;
  readonly text: string;
}

/** Names and texts that were set, empty ones left out. */
const givenFor = (env: NodeJS.ProcessEnv, names: readonly string[]): Given[] =>
  names.flatMap((name) => {
    const text = env[name];
    return text === undefined || text.trim() === '' ? [] : [{ name, text }];
  });

const defaultText = (value: Default, debug: boolean): string =>
  typeof value === 'string' ? value : debug ? value.development : value.production;

/** Reads one variable: its value, or its default after adding what is wrong with it to `problems`. */
function readVariable(env: NodeJS.ProcessEnv, name: VariableName, debug: boolean, problems: ConfigProblem[]): unknown {
  const variable: Variable<unknown> = variables[name];
  const [given, ...others] = givenFor(env, [name, ...(variable.aliases ?? [])]);
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

/** What was read, and the names that were set: a rule about a missing value must not speak of one that is only wrong. */
export interface Reading {
  readonly values: Values;
  readonly debug: boolean;
  readonly problems: ConfigProblem[];
  readonly isSet: (name: VariableName) => boolean;
  readonly show: (name: VariableName) => string | undefined;
}

/** Reads every variable of the environment by its declaration, collecting all that is wrong. */
export function readValues(env: NodeJS.ProcessEnv): Reading {
  const problems: ConfigProblem[] = [];
  // Which defaults hold is decided first; a wrong value is reported once, in its turn below.
  const production = readVariable(env, 'NODE_ENV', false, []) === 'production';
  const debug = (readVariable(env, 'DEBUG', false, []) as boolean | undefined) ?? !production;
  const names = Object.keys(variables) as VariableName[];
  const values = Object.fromEntries(names.map((name) => [name, readVariable(env, name, debug, problems)]));
  const given = (name: VariableName) => givenFor(env, [name, ...(variables[name].aliases ?? [])])[0];
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
