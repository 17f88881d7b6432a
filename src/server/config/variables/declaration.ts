import type { Kind, Words } from '../kinds.ts';

export type Group = 'General' | 'Web' | 'Database' | 'Mail' | 'Sign-in' | 'Observability' | 'Backup';

/** A default, as the text that an operator would write; it is parsed like any other value. */
export type Default = string | { readonly development: string; readonly production: string };

interface Description {
  readonly group: Group;
  readonly means: Words;
  readonly aliases?: readonly string[];
  /** Never printed, not even in an error message. */
  readonly secret?: true;
  /** What the reference says applies when the variable is not set, if that is not a plain value. */
  readonly unset?: Words;
}

export interface Variable<Value> extends Description {
  readonly kind: Kind<Value>;
  readonly default: Default | undefined;
}

/** A variable that always has a value. */
export interface DefaultedVariable<Value> extends Variable<Value> {
  readonly default: Default;
}

export const withDefault = <Value>(kind: Kind<Value>, value: Default, rest: Description): DefaultedVariable<Value> => ({
  ...rest,
  kind,
  default: value,
});

export const optional = <Value>(
  kind: Kind<Value>,
  rest: Description,
): Variable<Value> & { readonly default: undefined } => ({
  ...rest,
  kind,
  default: undefined,
});

/** On in production, where clients' data is; off in development, where it would be in the way. */
export const onInProduction = { development: 'False', production: 'True' };
