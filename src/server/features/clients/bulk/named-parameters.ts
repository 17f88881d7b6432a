/** The parameters of a statement by name, so that no value depends on its position. */
export interface NamedParameters<Name extends string> {
  /** The placeholder, such as `$3`. */
  readonly at: (name: Name) => string;
  readonly valuesOf: (values: Readonly<Record<Name, unknown>>) => unknown[];
}

export const namedParameters = <Name extends string>(...names: readonly Name[]): NamedParameters<Name> => ({
  at: (name) => `$${String(names.indexOf(name) + 1)}`,
  valuesOf: (values) => names.map((name) => values[name]),
});
